package charnn.desk;

import static org.assertj.core.api.Assertions.assertThat;

import charnn.data.Vocabulary;
import charnn.engine.registry.EngineType;
import charnn.generate.AllowedCharacters;
import charnn.generate.Generator;
import charnn.generate.Prompt;
import charnn.generate.SamplingSettings;
import charnn.generate.Start;
import charnn.model.Model;
import charnn.model.Models;
import charnn.predict.LanguageModel;
import charnn.predict.Predictor;
import charnn.predict.SingleModel;
import charnn.predict.TextState;
import charnn.util.ThreadTeam;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class ProposerTest {
  private static final Model MODEL = Models.random("abcdefgh \n", 12, 2);
  private static final ThreadTeam WORKERS = new ThreadTeam(1);
  private static final LanguageModel LANGUAGE =
      new SingleModel(EngineType.SCALAR.create(WORKERS), MODEL);
  private static final Proposer.Settings SETTINGS = new Proposer.Settings(1, 4, 0);

  private final AtomicLong steps = new AtomicLong();

  @AfterAll
  static void close() {
    WORKERS.close();
  }

  /** Counts the characters that are read. */
  private LanguageModel counting() {
    return new LanguageModel() {
      @Override
      public Vocabulary vocabulary() {
        return LANGUAGE.vocabulary();
      }

      @Override
      public Predictor predictor(int texts) {
        Predictor counted = LANGUAGE.predictor(texts);
        return new Predictor() {
          @Override
          public void step(int[] characters, float[] logits) {
            steps.incrementAndGet();
            counted.step(characters, logits);
          }

          @Override
          public TextState save(int text) {
            return counted.save(text);
          }

          @Override
          public void load(int text, TextState from) {
            counted.load(text, from);
          }
        };
      }
    };
  }

  private Proposer proposer() {
    return new Proposer(counting(), text -> text, 7);
  }

  private static String propose(Proposer proposer, String text) {
    return proposer.propose(Context.of(text, text.length()), "", SETTINGS, () -> false);
  }

  private static String text(int length) {
    SplittableRandom random = new SplittableRandom(length);
    StringBuilder text = new StringBuilder();
    while (text.length() < length) {
      text.append("abcdefgh \n".charAt(random.nextInt(10)));
    }
    return text.toString();
  }

  @Test
  void aProposalIsWordsWithoutLineEnds() {
    for (int length = 0; length < 50; length++) {
      String proposal = propose(proposer(), text(length));
      assertThat(proposal).doesNotContain("\n");
      assertThat(Words.count(proposal)).isLessThanOrEqualTo(4);
    }
  }

  @Test
  void theMostLikelyCharactersAreThoseOfContinuing() {
    String text = text(200);
    String proposal =
        proposer()
            .propose(
                Context.of(text, text.length()), "", new Proposer.Settings(0, 4, 0), () -> false);
    StringBuilder continued = new StringBuilder();
    SamplingSettings greedy =
        SamplingSettings.ofTemperature(0)
            .with(AllowedCharacters.of(LANGUAGE.vocabulary(), "", "\n"));
    new Generator(LANGUAGE, WORKERS)
        .generate(
            Prompt.of("\n" + text, LANGUAGE.vocabulary()).indices(),
            Start.PARAGRAPH,
            proposal.length(),
            greedy.sampler(1),
            codePoint -> {
              continued.appendCodePoint(codePoint);
              return true;
            });
    assertThat(proposal).isNotEmpty().isEqualTo(continued.toString());
  }

  @Test
  void anEditedTextGetsTheProposalOfAFreshRead() {
    Proposer proposer = proposer();
    SplittableRandom random = new SplittableRandom(1);
    StringBuilder text = new StringBuilder(text(3 * Context.BLOCK - 20));
    for (int i = 0; i < 150; i++) {
      int at = random.nextInt(4) == 0 ? random.nextInt(text.length() + 1) : text.length();
      switch (random.nextInt(3)) {
        case 0 -> text.delete(Math.max(0, at - 1 - random.nextInt(40)), at);
        case 1 -> text.insert(at, "é水 e\u0301"); // the model knows but a part of it
        default -> text.insert(at, "ab c");
      }
      int place = random.nextInt(5) == 0 ? random.nextInt(text.length() + 1) : text.length();
      Context context = Context.of(text, place);
      String fresh = proposer().propose(context, "", SETTINGS, () -> false);
      assertThat(proposer.propose(context, "", SETTINGS, () -> false)).isEqualTo(fresh);
      proposer.prepare(context, () -> false);
    }
  }

  @Test
  void nothingIsProposedForWhatIsNotWantedAnyMore() {
    Proposer proposer = proposer();
    int[] polls = {0};
    Proposer.Settings many = new Proposer.Settings(1, 100, 0);
    String proposal = proposer.propose(Context.of("abc", 3), "", many, () -> ++polls[0] > 5);
    assertThat(proposal).isNull();
    assertThat(steps.get()).isLessThan(10);
  }

  @Test
  void whatWasStoppedChangesNothing() {
    Proposer proposer = proposer();
    SplittableRandom random = new SplittableRandom(2);
    for (int length = 0; length < 3 * Context.BLOCK; length += 97) {
      String text = text(3 * Context.BLOCK).substring(0, length);
      Context context = Context.of(text, length);
      int[] left = {random.nextInt(20)};
      proposer.propose(context, "", SETTINGS, () -> left[0]-- <= 0);
      proposer.prepare(context, () -> left[0]-- <= -5);
      assertThat(propose(proposer, text)).isEqualTo(propose(proposer(), text));
    }
  }

  @Test
  void aLongTextThatGrowsIsReadCharacterByCharacter() {
    String text = text(20 * Context.BLOCK);
    Proposer proposer = proposer();
    int length = 10 * Context.BLOCK + 900;
    proposer.prepare(Context.of(text, length), () -> false);
    propose(proposer, text.substring(0, length));
    for (int i = 0; i < 2 * Context.BLOCK; i++) {
      length++;
      steps.set(0);
      Context context = Context.of(text, length);
      String proposal = proposer.propose(context, "", SETTINGS, () -> false);
      assertThat(steps.get()).isLessThanOrEqualTo(2 * proposal.length() + 3);
      steps.set(0);
      proposer.prepare(context, () -> false);
      assertThat(steps.get()).isLessThanOrEqualTo(2);
    }
  }

  @Test
  void deletingAtTheEndReadsLittle() {
    String text = text(3 * Context.BLOCK + 500);
    Proposer proposer = proposer();
    propose(proposer, text);
    for (int length = text.length() - 1; length > text.length() - 200; length--) {
      steps.set(0);
      String proposal = propose(proposer, text.substring(0, length));
      assertThat(steps.get()).isLessThanOrEqualTo(proposal.length() + 33);
    }
  }

  @Test
  void aContextIsLimited() {
    for (int place : List.of(0, 1, 1023, 1024, 2047, 2048, 100_000)) {
      Context context = Context.of("a".repeat(place), place);
      assertThat(context.text().length()).isEqualTo(place - context.start());
      assertThat(context.text().length()).isLessThan(2 * Context.BLOCK);
      assertThat(context.text().length()).isGreaterThanOrEqualTo(Math.min(place, Context.BLOCK));
      assertThat(context.following().text().length()).isLessThan(Context.BLOCK);
    }
  }

  @Test
  void aContextSeparatesNoLetterFromItsAccent() {
    String text = "e" + "\u0301".repeat(2 * Context.BLOCK) + "a".repeat(Context.BLOCK);
    assertThat(Context.of(text, text.length()).text()).doesNotStartWith("\u0301");
    String emoji = "a" + "\uD83D\uDE00".repeat(2 * Context.BLOCK + 10);
    Context context = Context.of(emoji, emoji.length());
    assertThat(Character.isLowSurrogate(context.text().charAt(0))).isFalse();
    assertThat(Character.isLowSurrogate(context.following().text().charAt(0))).isFalse();
  }

  @Test
  void alternativesDifferAndAreTheSameEachTime() {
    Context context = Context.of("abc ", 4);
    List<String> alternatives =
        List.of(0, 1, 2, 3).stream().map(n -> alternative(context, n)).toList();
    assertThat(alternatives).doesNotHaveDuplicates();
    assertThat(alternative(context, 2)).isEqualTo(alternatives.get(2));
  }

  private String alternative(Context context, int number) {
    return proposer().propose(context, "", new Proposer.Settings(1, 4, number), () -> false);
  }

  /** Whether the writer typed it as proposed, took it, or came back to it. */
  @Test
  void aProposalIsTheSameHoweverThePlaceWasReached() {
    String all = text(3 * Context.BLOCK);
    for (int length : List.of(0, 1, 200, 1020, 1024, 2030, 2040, 2047, 2048, 3060)) {
      for (int alternative = 0; alternative < 3; alternative++) {
        Proposer.Settings settings = new Proposer.Settings(1, 4, alternative);
        String text = all.substring(0, length);
        Proposer proposer = proposer();
        String proposal = proposer.propose(Context.of(text, length), "", settings, () -> false);
        for (int taken = 0; taken <= proposal.length(); taken += 3) {
          String grown = text + proposal.substring(0, taken);
          Context context = Context.of(grown, grown.length());
          String kept = proposer.propose(context, proposal.substring(taken), settings, () -> false);
          assertThat(kept)
              .startsWith(proposal.substring(taken))
              .isEqualTo(proposer().propose(context, "", settings, () -> false));
        }
      }
    }
  }

  @Test
  void aProposalMayBeLongerThanAContext() {
    Proposer.Settings settings = new Proposer.Settings(1, 500, 0);
    Context context = Context.of("abc", 3);
    String proposal = proposer().propose(context, "", settings, () -> false);
    assertThat(proposal).hasSizeGreaterThan(2 * Context.BLOCK);
    String half = proposal.substring(0, proposal.length() / 2);
    assertThat(proposer().propose(context, half, settings, () -> false)).isEqualTo(proposal);
  }

  @Test
  void whatIsBegunIsCompleted() {
    Context context = Context.of("abc", 3);
    String proposal = proposer().propose(context, " de", SETTINGS, () -> false);
    assertThat(proposal).startsWith(" de").hasSizeGreaterThan(3);
    String enough = " a b c d ";
    assertThat(proposer().propose(context, enough, SETTINGS, () -> false)).isEqualTo(enough);
  }

  @Test
  void aTextOfUnknownCharactersIsLikeNone() {
    assertThat(proposer().propose(Context.of("水火", 2), "", SETTINGS, () -> false)).isNotEmpty();
    assertThat(propose(proposer(), "")).isNotEmpty();
  }
}
