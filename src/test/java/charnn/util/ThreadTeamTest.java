package charnn.util;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ThreadTeamTest {
  @Test
  void ofTwoFailuresTheFirstIsThrownAndTheOtherSuppressed() {
    CountDownLatch bothBegun = new CountDownLatch(2);
    try (ThreadTeam workers = new ThreadTeam(2)) {
      assertThatThrownBy(
              () ->
                  workers.run(
                      2,
                      task -> {
                        bothBegun.countDown();
                        await(bothBegun);
                        throw new IllegalStateException("task " + task);
                      }))
          .satisfies(
              first ->
                  assertThat(first.getSuppressed())
                      .singleElement()
                      .satisfies(other -> assertThat(other).isNotSameAs(first)));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void everyTaskIsRunOnce(int threads) {
    try (ThreadTeam workers = new ThreadTeam(threads)) {
      for (int tasks : new int[] {0, 1, 2, 5, 100}) {
        AtomicIntegerArray runs = new AtomicIntegerArray(100);
        workers.run(tasks, runs::incrementAndGet);
        for (int task = 0; task < 100; task++) {
          assertThat(runs.get(task)).isEqualTo(task < tasks ? 1 : 0);
        }
      }
    }
  }

  @Test
  void tasksRunConcurrently() {
    try (ThreadTeam workers = new ThreadTeam(3)) {
      CountDownLatch allThere = new CountDownLatch(3);
      workers.run(
          3,
          task -> {
            allThere.countDown();
            await(allThere);
          });
      assertThat(allThere.getCount()).isZero();
    }
  }

  /** In the caller's thread, or in another one: every task fails when all have started. */
  @Test
  void aFailureIsThrownAndNoMoreTasksAreBegun() {
    try (ThreadTeam workers = new ThreadTeam(2)) {
      CountDownLatch bothBegun = new CountDownLatch(2);
      AtomicInteger begun = new AtomicInteger();
      assertThatThrownBy(
              () ->
                  workers.run(
                      1000,
                      task -> {
                        begun.incrementAndGet();
                        bothBegun.countDown();
                        await(bothBegun);
                        throw new IllegalStateException("task " + task);
                      }))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageStartingWith("task ");
      assertThat(begun).hasValue(2);

      AtomicInteger later = new AtomicInteger();
      workers.run(10, task -> later.incrementAndGet());
      assertThat(later).hasValue(10);
    }
  }

  @Test
  void aFailureOfEitherThreadIsThrown() {
    Thread caller = Thread.currentThread();
    try (ThreadTeam workers = new ThreadTeam(2)) {
      for (boolean ofCaller : new boolean[] {true, false}) {
        CountDownLatch bothBegun = new CountDownLatch(2);
        assertThatThrownBy(
                () ->
                    workers.run(
                        2,
                        task -> {
                          bothBegun.countDown();
                          await(bothBegun);
                          if (ofCaller == (Thread.currentThread() == caller)) {
                            throw new OutOfMemoryError("of caller: " + ofCaller);
                          }
                        }))
            .isInstanceOf(OutOfMemoryError.class)
            .hasMessage("of caller: " + ofCaller);
      }
    }
  }

  /** A task may wait for those before it: none may be started after one of those was skipped. */
  @ParameterizedTest
  @ValueSource(ints = {2, 4})
  void waitingForEarlierTasksEndsAfterAFailure(int threads) {
    int rows = 8;
    try (ThreadTeam workers = new ThreadTeam(threads)) {
      for (int run = 0; run < 500; run++) {
        int failing = run % rows;
        AtomicInteger done = new AtomicInteger();
        assertThatThrownBy(
                () ->
                    workers.run(
                        rows + 1000,
                        task -> {
                          if (task >= rows) {
                            for (int iteration = 0; done.get() < rows; iteration++) {
                              ThreadTeam.pause(iteration);
                            }
                            return;
                          }
                          done.incrementAndGet();
                          if (task == failing) {
                            throw new IllegalStateException();
                          }
                        }))
            .isInstanceOf(IllegalStateException.class);
      }
    }
  }

  @Test
  void aTaskThatRunsTasksRunsThemSequentially() {
    try (ThreadTeam workers = new ThreadTeam(3)) {
      AtomicInteger inner = new AtomicInteger();
      workers.run(
          4,
          task -> {
            Thread thread = Thread.currentThread();
            workers.run(
                5,
                part -> {
                  assertThat(Thread.currentThread()).isSameAs(thread);
                  inner.incrementAndGet();
                });
          });
      assertThat(inner).hasValue(20);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
