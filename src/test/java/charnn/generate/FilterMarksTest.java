package charnn.generate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A filter that is taken back does as one that never read what was taken back. */
class FilterMarksTest {
  private static float[] applied(LogitFilter filter) {
    float[] logits = {0.5f, 0.25f, 0, 1};
    filter.apply(logits);
    return logits;
  }

  private static void isAsNew(SamplingStep step, int characters) {
    SplittableRandom random = new SplittableRandom(4);
    LogitFilter filter = step.start();
    LogitFilter plain = step.start();
    List<Integer> text = new ArrayList<>();
    while (text.size() < characters) {
      Runnable mark = filter.mark();
      int taken = random.nextInt(BacktrackingSampler.WINDOW);
      for (int attempt = 0; attempt < 2 && random.nextInt(50) == 0; attempt++) {
        for (int i = 0; i < taken; i++) {
          filter.apply(new float[4]);
          filter.read(random.nextInt(4));
        }
        mark.run();
      }
      int token = random.nextInt(100) == 0 ? 3 : text.size() % 3;
      if (text.size() % 97 == 0) {
        assertThat(applied(filter)).as("after %d", text.size()).isEqualTo(applied(plain));
      }
      text.add(token);
      filter.read(token);
      plain.read(token);
    }
  }

  @Test
  void repetitionsAreTakenBack() {
    isAsNew(new Dry(3), 30_000);
  }

  @Test
  void theSurpriseBoundIsTakenBack() {
    isAsNew(new SurpriseTarget(1), 3000);
  }
}
