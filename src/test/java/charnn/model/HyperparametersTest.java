package charnn.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import charnn.data.Direction;
import charnn.data.ValidationFrom;
import charnn.util.Sentence;
import charnn.util.Setting;
import java.util.List;
import org.junit.jupiter.api.Test;

class HyperparametersTest {
  /** Differs from the defaults in every row of the table. */
  private static final Hyperparameters OTHERS =
      Models.plain(3, 5, 0.008)
          .set(Hyperparameters.DROPOUT, 0.25)
          .set(Hyperparameters.LOCKED_DROPOUT, true)
          .set(Hyperparameters.WEIGHT_DROP, 0.125)
          .set(Hyperparameters.WEIGHT_DECAY, 0.0625)
          .set(Hyperparameters.INPUT_FACTOR, 2.0)
          .set(Hyperparameters.RECURRENT_FACTOR, 0.25)
          .set(Hyperparameters.DECAY_EVERY, 7L)
          .set(Hyperparameters.DECAY_FACTOR, 0.5)
          .set(Hyperparameters.VALIDATION, 0.2)
          .set(Hyperparameters.WINDOWS, Hyperparameters.Order.RANDOM)
          .set(Hyperparameters.SEED, 42L)
          .set(Hyperparameters.PATIENCE, 6)
          .set(Hyperparameters.DIRECTION, Direction.BACKWARD)
          .set(Hyperparameters.VALIDATION_FROM, ValidationFrom.SPREAD)
          .engine("scalar")
          .plan(new ScheduleHorizon(1000, 90, 3, 12, 0.125), 100, 10)
          .build();

  private static final Hyperparameters DEFAULTS =
      Hyperparameters.builder()
          .set(Hyperparameters.BATCH_SIZE, 1)
          .set(Hyperparameters.SEQ_LENGTH, 1)
          .set(Hyperparameters.LEARNING_RATE, 0.1)
          .build();

  @Test
  void aBuilderOfHyperparametersBuildsTheSame() {
    assertThat(Hyperparameters.table())
        .allSatisfy(row -> assertThat(row.of(OTHERS)).isNotEqualTo(row.of(DEFAULTS)));
    assertThat(OTHERS.toBuilder().build()).isEqualTo(OTHERS);
  }

  @Test
  void allThatAResumedRunMustKeepIsCompared() {
    List<Sentence> differences = OTHERS.differences(DEFAULTS, false);
    assertThat(differences)
        .hasSize(
            (int)
                Hyperparameters.table().stream()
                    .filter(row -> row.change() != Hyperparameter.Change.ALWAYS)
                    .count());
    assertThat(differences.get(0).naming(Setting::name)).isEqualTo("BATCH_SIZE 3");
    assertThat(OTHERS.differences(OTHERS, false)).isEmpty();
  }

  @Test
  void aResumedRunChangesWhatItMay() {
    Hyperparameters resumed = OTHERS.resumedWith(DEFAULTS, false);
    assertThat(resumed).isNotEqualTo(OTHERS);
    assertThat(resumed.toBuilder().set(Hyperparameters.PATIENCE, 6).build()).isEqualTo(OTHERS);
    assertThat(resumed.patience()).isEqualTo(Hyperparameters.DEFAULT_PATIENCE);
  }

  @Test
  void onPurposeItChangesHowItLearnsButNotWhat() {
    Hyperparameters resumed = OTHERS.resumedWith(DEFAULTS, true);
    assertThat(resumed.differences(DEFAULTS, true))
        .hasSize(5)
        .isEqualTo(OTHERS.differences(DEFAULTS, true));
    assertThat(OTHERS.differences(DEFAULTS, true).toString())
        .isEqualTo(
            "[validation fraction 0.2, order of windows random, seed 42, direction backward, place of validation spread]");
    assertThat(resumed.changes(OTHERS)).hasSize(11);
    assertThat(resumed.changes(OTHERS).get(0))
        .isEqualTo(new SettingsChange.Value(Setting.BATCH_SIZE, "3", "1"));
    assertThat(resumed.changes(resumed)).isEmpty();
  }

  @Test
  void nullLeavesAValueAsItIs() {
    assertThat(OTHERS.toBuilder().set(Hyperparameters.SEED, null).build()).isEqualTo(OTHERS);
  }

  @Test
  void whatHasNoDefaultMustBeSet() {
    assertThatThrownBy(
            () ->
                Hyperparameters.builder()
                    .set(Hyperparameters.BATCH_SIZE, 1)
                    .set(Hyperparameters.SEQ_LENGTH, 1)
                    .build())
        .hasMessage("learning rate");
  }
}
