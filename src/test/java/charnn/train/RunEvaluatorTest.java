package charnn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import charnn.data.Tokens;
import charnn.engine.Engine;
import charnn.engine.reference.ReferenceEngine;
import charnn.eval.Evaluator;
import charnn.model.Model;
import charnn.model.Models;
import charnn.predict.SingleModel;
import charnn.util.ThreadTeam;
import java.io.IOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;

class RunEvaluatorTest {
  private static final ThreadTeam ONE = new ThreadTeam(1);
  private static final Engine ENGINE = new ReferenceEngine(ONE);
  private static final Model MODEL = Models.random("abc", 4, 1);

  private static RunEvaluator evaluator(
      int characters, DoubleSupplier seconds, BooleanSupplier interrupted) {
    Tokens text = Tokens.of(new char[characters]);
    return new RunEvaluator(
        (model, progress) -> new Evaluator(ENGINE, ONE).evaluate(model, text, progress).score(),
        ENGINE,
        ONE,
        MODEL.vocabulary(),
        characters,
        seconds,
        interrupted);
  }

  @Test
  void scoresAsTheEvaluatorDoes() throws IOException {
    RunEvaluator evaluator = evaluator(50, () -> 0, () -> false);
    assertThat(evaluator.evaluate(MODEL.network()).score())
        .isEqualTo(
            new Evaluator(ENGINE, ONE)
                .evaluate(new SingleModel(ENGINE, MODEL), Tokens.of(new char[50]), characters -> {})
                .score());
  }

  @Test
  void anotherEvaluationNeverTakesLongerThanThisOne() throws IOException {
    AtomicInteger clock = new AtomicInteger();
    RunEvaluator evaluator = evaluator(20_000, clock::incrementAndGet, () -> false);
    RunEvaluator.Timed evaluated = evaluator.evaluate(MODEL.network());
    assertThat(evaluated.again()).isPositive().isLessThan(clock.get());
  }

  @Test
  void anInterruptEndsItInTheMiddle() {
    RunEvaluator evaluator = evaluator(20_000, () -> 0, () -> true);
    assertThatThrownBy(() -> evaluator.evaluate(MODEL.network()))
        .isInstanceOf(CancellationException.class);
  }

  @Test
  void theSampleIsTheSameAtTheSameStep() {
    RunEvaluator evaluator = evaluator(1, () -> 0, () -> false);
    String sample = evaluator.sample(MODEL);
    assertThat(sample).hasSize(300).matches("[abc]+");
    assertThat(evaluator.sample(MODEL)).isEqualTo(sample);
  }
}
