import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/**
 * Prints a text of many different characters, to measure large vocabularies: words of one to three
 * Chinese characters, in sentences; words and characters are as frequent as in Zipf's law, and which
 * word follows depends on the one before. Of the same numbers, the same text.
 *
 * <p>java scripts/ManyCharacters.java DIFFERENT LENGTH &gt;text.txt
 */
final class ManyCharacters {
  private static final int[][] BLOCKS = {{0x4E00, 0x9FFF}, {0x3400, 0x4DBF}, {0x20000, 0x2A6DF}};
  private static final int WORDS = 20_000;
  private static final int FOLLOWERS = 200; // words that often follow a word

  private ManyCharacters() {}

  public static void main(String[] args) {
    int different = Integer.parseInt(args[0]);
    int length = Integer.parseInt(args[1]);
    SplittableRandom random = new SplittableRandom(1);
    int[][] words = new int[WORDS][];
    for (int i = 0; i < WORDS; i++) {
      words[i] = new int[1 + random.nextInt(3)];
      for (int k = 0; k < words[i].length; k++) {
        words[i][k] = character(zipf(random, different - 3));
      }
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < different - 3; i++) { // each at least once
      text.appendCodePoint(character(i)).append(i % 40 == 39 ? "\n" : "");
    }
    int word = 0;
    for (int i = different; i < length; ) {
      boolean isFollower = random.nextInt(4) > 0;
      int rank = isFollower ? zipf(random, FOLLOWERS) : zipf(random, WORDS);
      word = isFollower ? (int) ((word * 7919L + rank * 104_729L) % WORDS) : rank;
      for (int character : words[word]) {
        text.appendCodePoint(character);
      }
      i += words[word].length + 1;
      boolean ends = random.nextInt(12) == 0;
      text.append(ends ? "。" : random.nextInt(6) == 0 ? "，" : "").append(ends ? "\n" : "");
    }
    new PrintStream(System.out, false, StandardCharsets.UTF_8).append(text).flush();
  }

  /** Returns a rank below a number, about as likely as 1 / (rank + 1). */
  private static int zipf(SplittableRandom random, int below) {
    return (int) Math.min(below - 1, Math.pow(below + 1, random.nextDouble()) - 1);
  }

  private static int character(int index) {
    int left = index;
    for (int[] block : BLOCKS) {
      int size = block[1] - block[0] + 1;
      if (left < size) {
        return block[0] + left;
      }
      left -= size;
    }
    throw new IllegalArgumentException("at most 70,000 different characters");
  }
}
