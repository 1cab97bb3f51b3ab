package charnn.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import charnn.model.Hyperparameters;
import charnn.model.LearningRate;
import charnn.model.Models;
import charnn.model.ScheduleHorizon;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** With a clock that only the steps, evaluations and files of a run move on. */
class TimeBudgetTest {
  private static final double RATE = 0.01;
  private static final double AT_END = 0.3; // files, sample, exit
  private static final int VALIDATION = 40_000;

  private double now;
  private Hyperparameters hyperparameters;
  private long step;
  private final List<Long> evaluatedAt = new ArrayList<>();
  private final List<Double> rates = new ArrayList<>();

  private static Hyperparameters hyperparameters(
      ScheduleHorizon horizon, long evaluateEvery, long reportEvery) {
    return Models.plain(16, 32, RATE)
        .set(Hyperparameters.PATIENCE, 10)
        .engine("simd")
        .plan(horizon, evaluateEvery, reportEvery)
        .build();
  }

  private void plan(double budget, long guess) {
    long every = Planner.evaluateEvery(guess, 200);
    hyperparameters =
        hyperparameters(
            ScheduleHorizon.ofTime(guess, budget),
            every,
            Hyperparameters.defaultReportEvery(every));
  }

  /**
   * Trains as a run does, from the present moment on.
   *
   * @param stepSeconds how long a step takes that begins at some second of the run; its compilation
   *     may be in it
   * @param evaluationSeconds how long an evaluation takes, likewise
   * @param until the second at which it is interrupted
   */
  private void run(
      DoubleUnaryOperator stepSeconds, DoubleUnaryOperator evaluationSeconds, double until) {
    TimeBudget budget = new TimeBudget(hyperparameters, step, now, 200, VALIDATION, true);
    now += 0.15;
    budget.saved(0.15); // 0.1 of it to load classes
    budget.continuesAt(step, now);
    long evaluated = evaluatedAt.isEmpty() ? 0 : evaluatedAt.get(evaluatedAt.size() - 1);
    while (step < hyperparameters.totalSteps()) {
      if (now >= until) {
        return;
      }
      rates.add(new LearningRate(hyperparameters.schedule(), hyperparameters.horizon()).at(step));
      now += stepSeconds.applyAsDouble(now);
      step++;
      hyperparameters = budget.next(hyperparameters, step, now);
      boolean last = step == hyperparameters.totalSteps();
      if (last || step - evaluated >= hyperparameters.evaluateEvery()) {
        double seconds = evaluationSeconds.applyAsDouble(now);
        now += seconds;
        evaluated = step;
        evaluatedAt.add(step);
        budget.evaluated(seconds, seconds, 0.05);
      }
      if (last) {
        hyperparameters = budget.next(hyperparameters, step, now);
      }
    }
    now += AT_END;
  }

  private void run(DoubleUnaryOperator stepSeconds, DoubleUnaryOperator evaluationSeconds) {
    run(stepSeconds, evaluationSeconds, Double.POSITIVE_INFINITY);
  }

  /** The rate rises once, falls once, and is down at the end. */
  private void assertRatesOfAWholeSchedule() {
    int top = rates.indexOf(rates.stream().max(Double::compare).orElseThrow());
    assertThat(rates.subList(0, top + 1)).isSorted();
    for (int i = top + 1; i < rates.size(); i++) {
      assertThat(rates.get(i)).isLessThanOrEqualTo(rates.get(i - 1));
    }
    assertThat(rates.get(top)).isGreaterThan(0.95 * RATE);
    assertThat(rates.get(rates.size() - 1)).isLessThan(0.03 * RATE);
  }

  private void assertEndsInTime(double budget) {
    assertThat(now).isCloseTo(budget, within(0.05 * budget));
  }

  /** A second and a half goes by before the first step, and steps are slow for a while. */
  @ParameterizedTest
  @CsvSource({
    "5, 0.002, 1, 1",
    "5, 0.002, 0.1, 1000000000",
    "5, 0.008, 3, 1",
    "10, 0.002, 3, 100",
    "10, 0.02, 2, 1000000",
    "30, 0.002, 1, 1",
    "30, 0.1, 5, 100000",
    "60, 0.01, 1, 6000",
    "600, 0.003, 2, 10"
  })
  void theFirstSecondFixesNothing(double budget, double perStep, double slow, long guess) {
    plan(budget, guess);
    now = 1.5;
    run(
        time -> time < 1.5 + slow ? Math.max(perStep, 0.3 * (1.5 + slow - time)) : perStep,
        time -> time < budget / 2 ? 40 * perStep : 25 * perStep);
    assertEndsInTime(budget);
    assertRatesOfAWholeSchedule();
    double training = budget - 1.5 - 0.15 - slow - AT_END;
    assertThat(step).isGreaterThanOrEqualTo((long) (0.75 * training / perStep));
  }

  /** Steps get faster as the JIT compiles them; an evaluation takes what the first one took. */
  @ParameterizedTest
  @ValueSource(doubles = {0.2, 0.35, 0.5})
  void anEvaluationDoesNotGetFasterWithColdSteps(double evaluation) {
    plan(5, 1_000_000_000);
    now = 0.8;
    run(time -> time < 1.1 ? 0.3 : time < 3 ? 0.006 : 0.0015, time -> evaluation);
    assertEndsInTime(5);
  }

  /** The machine takes so many times as long for everything, in each half of the time. */
  @ParameterizedTest
  @CsvSource({
    "1, 1",
    "0.5, 0.5",
    "2, 2",
    "1, 2",
    "1, 0.5",
    "2, 0.6",
    "10, 0.1",
    "0.1, 10",
    "1, 30"
  })
  void theSpeedMayChange(double first, double second) {
    double budget = 60;
    plan(budget, 6000);
    run(
        time -> 0.01 * (time < budget / 2 ? first : second),
        time -> 0.2 * (time < budget / 2 ? first : second));
    assertEndsInTime(budget);
    assertRatesOfAWholeSchedule();
  }

  @Test
  void theSpeedMayChangeAllTheTime() {
    plan(30, 10);
    run(time -> 0.004 * (2.2 + 2 * Math.sin(3 * time)), time -> 0.2 + 0.1 * Math.sin(time));
    assertEndsInTime(30);
    assertRatesOfAWholeSchedule();
  }

  @ParameterizedTest
  @ValueSource(doubles = {5, 10, 25, 100})
  void resumedTwiceTheSumIsTheTime(double budget) {
    plan(budget, 3);
    DoubleUnaryOperator cold = time -> 0.003;
    for (int part = 1; part <= 3; part++) {
      double begun = now;
      now += 0.6; // Java starts
      run(
          time -> time < begun + 1 ? 0.05 : cold.applyAsDouble(time),
          time -> 0.1,
          part == 3 ? Double.POSITIVE_INFINITY : part * budget / 3);
    }
    assertEndsInTime(budget);
    assertRatesOfAWholeSchedule();
  }

  /** Neither makes the end seem to have come. */
  @Test
  void aResumedRunsColdStepsBringNoEvaluation() {
    plan(30, 1000);
    run(time -> 0.01, time -> 0.2, 10);
    int before = evaluatedAt.size();
    double begun = now;
    // The first evaluation is made before the steps are fast.
    run(time -> Math.max(0.01, begun + 1.5 - time), time -> 0.2, 12.5);
    assertThat(evaluatedAt.size()).isLessThanOrEqualTo(before + 1);
    assertThat(hyperparameters.totalSteps()).isGreaterThan(step);
  }

  @Test
  void evaluationsMoveWithTheSpeed() {
    plan(100, 20); // which would mean one every second step
    run(time -> time < 2 ? 0.5 : 0.005, time -> 0.1);
    assertEndsInTime(100);
    // 19,000 steps are 95 epochs of 200 steps: 40 evaluations.
    assertThat(evaluatedAt).hasSizeBetween(36, 48);
    for (int i = 5; i < evaluatedAt.size() - 1; i++) {
      assertThat(evaluatedAt.get(i) - evaluatedAt.get(i - 1)).isBetween(350L, 600L);
    }
    // Patience is a quarter of the run or ten epochs.
    assertThat(hyperparameters.patience() * hyperparameters.evaluateEvery())
        .isGreaterThan(step / 5);
  }

  @ParameterizedTest
  @CsvSource({"5, 0.5", "5, 1", "10, 1", "30, 4", "30, 0.05"})
  void evaluationsLeaveMostOfTheTimeToTheSteps(double budget, double evaluation) {
    plan(budget, 1_000_000);
    run(time -> 0.005, time -> evaluation);
    assertEndsInTime(budget);
    double rest = budget - evaluation - AT_END - 0.05;
    assertThat(0.005 * step).isGreaterThan(0.8 * rest - evaluation);
  }

  @Test
  void stepsThatTakeSecondsFitAsWellAsTheyCan() {
    plan(30, 1_000_000);
    run(time -> 2.5, time -> 1);
    assertThat(now).isCloseTo(30, within(2.5));
    assertThat(step).isBetween(10L, 12L);
    assertThat(rates.get(rates.size() - 1)).isLessThan(0.06 * RATE);
  }

  @Test
  void aStepLongerThanTheTimeIsTheOnlyOne() {
    plan(5, 1000);
    run(time -> 20, time -> 1);
    assertThat(step).isEqualTo(1);
  }

  /** An evaluation that took long because Java compiled it is no reason to stop early. */
  @Test
  void timeThatTheLastEvaluationLeftIsUsed() {
    plan(10, 1000);
    boolean[] first = {true};
    run(
        time -> 0.005,
        time -> {
          double seconds = first[0] ? 2 : 0.05;
          first[0] = false;
          return seconds;
        });
    assertEndsInTime(10);
  }

  @Test
  void rowsThatAreAskedForStayAndNeverSeemToFollow() {
    hyperparameters = hyperparameters(ScheduleHorizon.ofTime(100, 60), 100, 10);
    TimeBudget budget = new TimeBudget(hyperparameters, 0, 0, 200, VALIDATION, false);
    for (step = 1; step < 1000; step++) {
      hyperparameters = budget.next(hyperparameters, step, 0.01 * step);
      assertThat(hyperparameters.reportEvery())
          .isEqualTo(10)
          .isNotEqualTo(hyperparameters.defaultReportEvery());
    }
  }

  @Test
  void aRunOfGivenStepsKeepsItsHyperparameters() {
    hyperparameters = hyperparameters(ScheduleHorizon.ofSteps(6000), 100, 10);
    TimeBudget budget = new TimeBudget(hyperparameters, 0, 0, 200, VALIDATION, true);
    assertThat(budget.next(hyperparameters, 100, 1000)).isSameAs(hyperparameters);
  }
}
