package charnn.proofread;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import charnn.data.Direction;
import charnn.engine.NaiveNetwork;
import charnn.engine.reference.ReferenceEngine;
import charnn.model.Model;
import charnn.model.Models;
import charnn.nn.CellType;
import charnn.predict.BothSides;
import charnn.predict.SingleModel;
import charnn.proofread.SecondReading.Gain;
import charnn.proofread.SecondReading.Place;
import charnn.util.ThreadTeam;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class SecondReadingTest {
  private static final String CHARACTERS = "abcdef ";
  private static final ThreadTeam WORKERS = new ThreadTeam(2);
  private static final ReferenceEngine ENGINE = new ReferenceEngine(WORKERS);
  private static final Model FORWARD = Models.random(CHARACTERS, 7, 2);
  private static final Model BACKWARD = Models.random(CellType.GRU, CHARACTERS, 6, 1);
  private static final BothSides SIDES =
      new BothSides(new SingleModel(ENGINE, FORWARD), new SingleModel(ENGINE, BACKWARD));
  private static final WordCounts NO_WORDS = new WordCounts(new char[0], FORWARD.vocabulary());

  @AfterAll
  static void endThreads() {
    WORKERS.close();
  }

  private static char[] tokens(String text) {
    return FORWARD.vocabulary().encode(text);
  }

  /** Returns log2 p of a whole text to both models, in the mean; the first by its frequency. */
  private static double bits(char[] text, float... unigram) {
    double nats = 0;
    for (boolean isForward : new boolean[] {true, false}) {
      char[] read = isForward ? text : Direction.BACKWARD.turned(text);
      NaiveNetwork network = new NaiveNetwork((isForward ? FORWARD : BACKWARD).network());
      nats += unigram[read[0]];
      for (int i = 1; i < read.length; i++) {
        nats -= NaiveNetwork.loss(network.step(read[i - 1]), read[i]);
      }
    }
    return nats / 2 / Math.log(2);
  }

  /** All edits at all places of a text that the reach spans. */
  @Test
  void anEditGainsWhatTheWholeTextDoes() {
    char[] text = tokens("bad fade cabfe d");
    float[] unigram = FirstReading.unigram(text, CHARACTERS.length());
    SecondReading reading = new SecondReading(SIDES, unigram, NO_WORDS, WORKERS);
    List<Place> places = new ArrayList<>();
    for (int at = 0; at <= text.length; at++) {
      for (ErrorKind kind : ErrorKind.values()) {
        if (at + kind.removed() <= text.length) {
          places.add(new Place(at, List.of(new Edit(kind, at, 2))));
        }
      }
    }
    List<Gain> gains = reading.gains(places, CorrectedText.of(text, List.of()), fraction -> {});
    assertThat(gains).hasSameSizeAs(places);
    double before = bits(text, unigram);
    for (Gain gain : gains) {
      double after = bits(CorrectedText.of(text, List.of(gain.edit())).tokens(), unigram);
      assertThat(gain.bits()).as(gain.edit().toString()).isCloseTo(after - before, within(1e-4));
    }
  }

  @Test
  void manyPlacesAreReadAsEachAlone() {
    char[] text = tokens("bad fade cabfe dabba faced a cafe bed ".repeat(5));
    float[] unigram = FirstReading.unigram(text, CHARACTERS.length());
    SecondReading reading = new SecondReading(SIDES, unigram, NO_WORDS, WORKERS);
    CorrectedText corrected = CorrectedText.of(text, List.of(new Edit(ErrorKind.MISSING, 100, 3)));
    List<Place> places = new ArrayList<>();
    for (int at = 0; at < 60; at++) {
      places.add(
          new Place(
              3 * at,
              List.of(
                  new Edit(ErrorKind.WRONG, 3 * at, at % 7),
                  new Edit(ErrorKind.EXTRA, 3 * at, 0),
                  new Edit(ErrorKind.MISSING, 3 * at, 1),
                  new Edit(ErrorKind.SWAPPED, 3 * at, 0))));
    }
    List<Gain> together = reading.gains(places, corrected, fraction -> {});
    for (int i = 0; i < places.size(); i++) {
      assertThat(reading.gains(List.of(places.get(i)), corrected, fraction -> {}))
          .containsExactly(together.get(i));
    }
  }
}
