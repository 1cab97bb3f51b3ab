package charnn.serve;

import charnn.data.Vocabulary;
import charnn.generate.AllowedCharacters;
import charnn.generate.Dry;
import charnn.generate.MinP;
import charnn.generate.SamplingSettings;
import charnn.generate.SurpriseTarget;
import charnn.generate.TopK;
import charnn.generate.TopNSigma;
import charnn.generate.TopP;
import charnn.generate.TypicalP;
import charnn.serve.http.ApiException;
import charnn.util.InvalidSettingException;
import charnn.util.Setting;

/**
 * How a request has characters sampled: OpenAI's parameters, and those of {@code charnn sample}.
 *
 * @param steps all but which characters are allowed
 * @param only characters to use only; empty: all
 * @param ban characters not to use
 */
record SamplingFields(SamplingSettings steps, String only, String ban) {
  /**
   * Reads them.
   *
   * @param temperature where none is given
   * @param looksBack whether steps are taken that remember the text
   */
  static SamplingFields of(Fields fields, double temperature, boolean looksBack)
      throws ApiException {
    try {
      Double given = fields.number("temperature");
      SamplingSettings steps = SamplingSettings.ofTemperature(given == null ? temperature : given);
      Long topK = fields.whole("top_k");
      if (topK != null) {
        Setting.TOP_K.require(topK);
        steps = topK == 0 ? steps : steps.with(new TopK((int) Math.min(topK, 1 << 20)));
      }
      Double topP = fields.number("top_p");
      steps = topP == null || topP == 1 ? steps : steps.with(new TopP(topP));
      Double minP = fields.number("min_p");
      steps = minP == null ? steps : steps.with(new MinP(minP));
      Double typicalP = fields.number("typical_p");
      steps = typicalP == null ? steps : steps.with(new TypicalP(typicalP));
      Double topNSigma = fields.number("top_n_sigma");
      steps = topNSigma == null ? steps : steps.with(new TopNSigma(topNSigma));
      if (looksBack) {
        Double surprise = fields.number("surprise");
        steps = surprise == null ? steps : steps.with(new SurpriseTarget(surprise));
        Long dry = fields.whole("dry");
        if (dry != null) {
          Setting.DRY.require(dry);
          steps = steps.with(new Dry(dry.intValue()));
        }
      }
      String only = fields.text("only");
      String ban = fields.text("ban");
      return new SamplingFields(steps, only == null ? "" : only, ban == null ? "" : ban);
    } catch (InvalidSettingException e) {
      throw Fields.invalid(e);
    }
  }

  /** Returns the settings for a model. */
  SamplingSettings of(ServedModel model) throws ApiException {
    if (only.isEmpty() && ban.isEmpty()) {
      return steps;
    }
    Vocabulary vocabulary = model.vocabulary();
    try {
      return steps.with(
          AllowedCharacters.of(vocabulary, model.characters(only), model.characters(ban)));
    } catch (InvalidSettingException e) {
      throw Fields.invalid(e);
    }
  }
}
