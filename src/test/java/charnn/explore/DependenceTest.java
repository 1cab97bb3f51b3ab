package charnn.explore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import charnn.data.Direction;
import charnn.data.Tokens;
import charnn.engine.Engine;
import charnn.engine.NaiveNetwork;
import charnn.engine.registry.EngineType;
import charnn.model.Model;
import charnn.model.Models;
import charnn.util.ThreadTeam;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** How far back predictions depend on the text. */
class DependenceTest {
  private static final String TEXT = "the cat saw a dog, and the dog saw it. ".repeat(16);

  private final Model model = Models.random(TEXT, 7, 2);
  private final Tokens tokens = Tokens.of(model.vocabulary().encode(TEXT));

  /** Each target after each length of context, by the naive network. */
  @Test
  void theLossAfterSoManyCharactersIsTheNaiveOne() {
    try (ThreadTeam workers = new ThreadTeam(1)) {
      Engine engine = EngineType.fastest().create(workers);
      ContextLoss loss = ContextLoss.of(engine, model.network(), tokens, 3, done -> {});
      assertThat(loss.points().stream().map(ContextLoss.Point::context))
          .containsExactly(1, 2, 4, 8, 16, 32, 64, 128);
      long[] targets =
          new SplittableRandom(3).longs(loss.targets(), 128, tokens.length()).toArray();
      for (ContextLoss.Point point : loss.points().subList(0, 4)) {
        double sum = 0;
        for (long target : targets) {
          NaiveNetwork naive = new NaiveNetwork(model.network());
          double[] logits = {};
          for (int t = point.context(); t > 0; t--) {
            logits = naive.step(tokens.at(target - t));
          }
          sum += NaiveNetwork.loss(logits, tokens.at(target));
        }
        assertThat(point.nats()).isCloseTo(sum / targets.length, within(1e-4));
      }
      ContextLoss.Point last = loss.points().get(loss.points().size() - 1);
      assertThat(last.above()).isZero();
      assertThat(last.error()).isZero();
    }
  }

  @Test
  void ofAShortTextThereIsNoLossByContext() {
    try (ThreadTeam workers = new ThreadTeam(1)) {
      Engine engine = EngineType.fastest().create(workers);
      assertThat(ContextLoss.of(engine, model.network(), tokens.first(5), 3, done -> {}).points())
          .isEmpty();
    }
  }

  /** The norms do not depend on the threads; the last character matters, whatever follows. */
  @Test
  void eachPredictionHasANormForEachCharacterBefore() {
    double[][] expected = null;
    for (int threads : new int[] {1, 3}) {
      try (ThreadTeam workers = new ThreadTeam(threads)) {
        Engine engine = EngineType.fastest().create(workers);
        Influence influence =
            Influence.of(engine, model.network(), tokens, Direction.FORWARD, workers, done -> {});
        assertThat(influence.from()).isEqualTo(400);
        assertThat(influence.byDistance()).hasSize(200);
        assertThat(influence.byDistance()[0]).isGreaterThan(influence.byDistance()[199]);
        for (int i = 0; i < influence.norms().length; i++) {
          assertThat(influence.norms()[i]).hasSize(i + 1);
          assertThat(influence.norms()[i][i]).isPositive();
        }
        expected = expected == null ? influence.norms() : expected;
        assertThat(influence.norms()).isDeepEqualTo(expected);
        int end = Math.toIntExact(tokens.length());
        assertThat(
                Influence.of(
                        engine, model.network(), tokens, Direction.BACKWARD, workers, done -> {})
                    .from())
            .isEqualTo(end - 400 - influence.norms().length);
      }
    }
  }
}
