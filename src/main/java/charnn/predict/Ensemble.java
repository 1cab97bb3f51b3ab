package charnn.predict;

import charnn.data.Vocabulary;
import charnn.engine.Logits;
import charnn.nn.RecurrentState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Several models as one: the mean of their probabilities, over all characters that one of them
 * knows.
 *
 * <pre>
 *   p(c) = w_1 p_1(c) + ... + w_M p_M(c)
 * </pre>
 *
 * <p>To a character that it does not know, a model gives probability 0. It does not read such a
 * character either, and predicts what it predicted before. What has read nothing yet predicts all
 * the characters that it knows alike. The logits are ln p, computed without underflow.
 */
public final class Ensemble implements LanguageModel {
  private final List<LanguageModel> models;
  private final double[] logWeights; // [M], of weights that sum to 1
  private final Vocabulary vocabulary;
  private final boolean shared; // whether all know the same characters

  /**
   * @param models M, each of one network
   * @param weights [M], positive; only their ratios matter
   * @throws IllegalArgumentException if there are not as many weights as models, one is not
   *     positive and finite, or the models know too many characters together
   */
  public Ensemble(List<? extends LanguageModel> models, double... weights) {
    if (models.isEmpty() || models.size() != weights.length) {
      throw new IllegalArgumentException(
          models.size() + " models have " + weights.length + " weights");
    }
    for (double weight : weights) {
      if (!(weight > 0) || Double.isInfinite(weight)) {
        throw new IllegalArgumentException("a weight must be positive, got " + weight);
      }
    }
    double sum = Arrays.stream(weights).sum();
    this.models = List.copyOf(models);
    logWeights = Arrays.stream(weights).map(weight -> StrictMath.log(weight / sum)).toArray();
    vocabulary =
        models.stream().map(LanguageModel::vocabulary).reduce(Vocabulary::with).orElseThrow();
    shared = models.stream().allMatch(model -> model.vocabulary().equals(vocabulary));
  }

  @Override
  public Vocabulary vocabulary() {
    return vocabulary;
  }

  @Override
  public Predictor predictor(int texts) {
    Member[] members = new Member[models.size()];
    for (int m = 0; m < members.length; m++) {
      members[m] = new Member(models.get(m), logWeights[m], vocabulary, texts);
    }
    return new Mean(members);
  }

  private final class Mean implements Predictor {
    private final Member[] members;
    private final double[] logProbabilities = new double[vocabulary.size()];

    Mean(Member... members) {
      this.members = members;
    }

    @Override
    public void step(int[] characters, float[] logits) {
      for (Member member : members) {
        member.read(characters);
      }
      int v = logProbabilities.length;
      for (int text = 0; text < characters.length; text++) {
        Arrays.fill(logProbabilities, Double.NEGATIVE_INFINITY);
        for (Member member : members) {
          member.addTo(logProbabilities, text);
        }
        for (int k = 0; k < v; k++) {
          logits[text * v + k] = (float) logProbabilities[k];
        }
      }
    }

    @Override
    public TextState save(int text) {
      List<RecurrentState> states = new ArrayList<>();
      List<float[]> logits = new ArrayList<>();
      for (Member member : members) {
        states.addAll(member.predictor.save(text).states());
        if (!shared) {
          logits.add(member.row(text));
        }
      }
      return new TextState(states, logits);
    }

    @Override
    public void load(int text, TextState from) {
      for (int m = 0; m < members.length; m++) {
        members[m].predictor.load(text, new TextState(List.of(from.states().get(m))));
        if (!shared) {
          members[m].setRow(text, from.logits().get(m));
        }
      }
    }
  }

  /** A model, and what it predicts of B texts. */
  private static final class Member {
    private final Predictor predictor;
    private final double logWeight;
    private final int[] ofMember; // token id of each token id of the ensemble; -1: unknown
    private final int[] ofEnsemble; // and the other way round [V]
    private final int[] read; // [B] token ids
    private final float[] logits; // [B x V] after what it read last
    private float[] stepped; // [B x V], for steps in which it does not read all texts

    Member(LanguageModel model, double logWeight, Vocabulary ensemble, int texts) {
      Vocabulary vocabulary = model.vocabulary();
      predictor = model.predictor(texts);
      this.logWeight = logWeight;
      ofMember = Arrays.stream(ensemble.codePoints()).map(vocabulary::indexOf).toArray();
      ofEnsemble = Arrays.stream(vocabulary.codePoints()).map(ensemble::indexOf).toArray();
      read = new int[texts];
      logits = new float[texts * ofEnsemble.length];
    }

    /** Reads a character of each text, but those that the model does not know. */
    void read(int[] characters) {
      int known = 0;
      for (int text = 0; text < read.length; text++) {
        read[text] = ofMember[characters[text]];
        known += read[text] >= 0 ? 1 : 0;
      }
      if (known == read.length) {
        predictor.step(read, logits);
      } else if (known > 0) {
        readKnown();
      }
    }

    /** A predictor steps all its texts: those that are not read are put back. */
    private void readKnown() {
      TextState[] before = new TextState[read.length]; // null: is read
      int[] some = read.clone();
      for (int text = 0; text < read.length; text++) {
        if (read[text] < 0) {
          before[text] = predictor.save(text);
          some[text] = 0;
        }
      }
      if (stepped == null) {
        stepped = new float[logits.length];
      }
      predictor.step(some, stepped);
      int v = ofEnsemble.length;
      for (int text = 0; text < read.length; text++) {
        if (before[text] == null) {
          System.arraycopy(stepped, text * v, logits, text * v, v);
        } else {
          predictor.load(text, before[text]);
        }
      }
    }

    /** Adds the weighted probabilities of a text, in logarithms. */
    void addTo(double[] logProbabilities, int text) {
      int v = ofEnsemble.length;
      double constant = logWeight - Logits.logSumExp(logits, text * v, v);
      for (int k = 0; k < v; k++) {
        int at = ofEnsemble[k];
        logProbabilities[at] = logAdd(logProbabilities[at], constant + logits[text * v + k]);
      }
    }

    float[] row(int text) {
      int v = ofEnsemble.length;
      return Arrays.copyOfRange(logits, text * v, (text + 1) * v);
    }

    void setRow(int text, float[] row) {
      System.arraycopy(row, 0, logits, text * row.length, row.length);
    }

    /** Returns ln(e^a + e^b). */
    private static double logAdd(double a, double b) {
      if (a == Double.NEGATIVE_INFINITY) {
        return b;
      }
      double less = Math.min(a, b);
      double more = Math.max(a, b);
      return more + StrictMath.log1p(StrictMath.exp(less - more));
    }
  }
}
