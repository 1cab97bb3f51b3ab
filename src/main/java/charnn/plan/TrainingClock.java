package charnn.plan;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The clock of a run. It does not count the time in which the process was not running at all:
 * stopped (Ctrl-Z, SIGSTOP), or with the computer suspended. While a heartbeat runs, the clock is
 * read many times a second even where the machine is busy, for a thread that mostly sleeps soon
 * gets its turn; a long gap between two readings therefore means that no thread ran.
 */
public final class TrainingClock {
  /** No thread of a process waits so long for its turn, however busy the machine is. */
  private static final long LEAST_SLEEP_NANOS = 2_000_000_000L;

  /** What {@code nanoTime} lacks to the time of day, if it stands still in a suspended computer. */
  private static final long LEAST_SUSPENSION_NANOS = 10_000_000_000L;

  private static final long BEAT_MILLIS = 100;

  private final LongSupplier nanoTime;
  private final LongSupplier epochMillis;
  private long begunNanos; // moved on by what is not counted
  private long lastNanos;
  private long lastMillis;
  private Thread heartbeat;
  private boolean beats;
  private long sleptNanos; // not yet taken

  /**
   * @param begunNanos the beginning of the run, in {@link System#nanoTime}
   */
  public TrainingClock(long begunNanos) {
    this(begunNanos, System::nanoTime, System::currentTimeMillis);
  }

  TrainingClock(long begunNanos, LongSupplier nanoTime, LongSupplier epochMillis) {
    this.begunNanos = begunNanos;
    this.nanoTime = nanoTime;
    this.epochMillis = epochMillis;
    lastNanos = nanoTime.getAsLong();
    lastMillis = epochMillis.getAsLong();
  }

  /** Returns the seconds since the beginning in which the process was running. */
  public synchronized double seconds() {
    long now = nanoTime.getAsLong();
    long millis = epochMillis.getAsLong();
    long gap = now - lastNanos;
    long suspended = (millis - lastMillis) * 1_000_000L - gap;
    if (beats && gap > LEAST_SLEEP_NANOS) {
      begunNanos += gap;
      sleptNanos += gap;
    }
    if (beats && suspended > LEAST_SUSPENSION_NANOS) {
      sleptNanos += suspended;
    }
    lastNanos = now;
    lastMillis = millis;
    return (now - begunNanos) / 1e9;
  }

  /** Returns a clock that shows so many seconds now. */
  public TrainingClock showing(double seconds) {
    return new TrainingClock(
        nanoTime.getAsLong() - Math.round(1e9 * seconds), nanoTime, epochMillis);
  }

  /** Returns how long the process did not run since the last call; zero if it always did. */
  public synchronized Duration takeSleep() {
    Duration slept = Duration.ofNanos(sleptNanos);
    sleptNanos = 0;
    return slept;
  }

  /** Begins to notice sleep. */
  public synchronized void startHeartbeat() {
    heartbeat = new Thread(this::beat, "charnn-heartbeat");
    heartbeat.setDaemon(true);
    heartbeat.start();
    setBeating(true);
  }

  public synchronized void stopHeartbeat() {
    setBeating(false);
    heartbeat.interrupt();
  }

  synchronized void setBeating(boolean now) {
    seconds();
    beats = now;
  }

  private void beat() {
    try {
      while (true) {
        Thread.sleep(BEAT_MILLIS);
        seconds();
      }
    } catch (InterruptedException e) {
      return; // stopped
    }
  }
}
