package charnn.checkpoint;

import charnn.model.Hyperparameters;
import charnn.model.Model;
import charnn.nn.CellType;
import charnn.nn.LayerSpec;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The entry configuration.json: a network as DL4J 1.0.0-M2.1 describes it, field by field what its
 * own {@code toJson} writes. A test holds the two against each other.
 */
final class Dl4jConfiguration {
  private static final String LAYERS = "org.deeplearning4j.nn.conf.layers.";
  private static final String ACTIVATIONS = "org.nd4j.linalg.activations.impl.Activation";

  private Dl4jConfiguration() {}

  /** Returns the configuration of a model whose cell DL4J has a layer of. */
  static JsonObject of(Model model) {
    List<LayerSpec> specs = model.network().architecture().layerSpecs();
    JsonArray layers = new JsonArray();
    for (int l = 0; l < specs.size(); l++) {
      layers.add(
          configuration(
              layer(specs.get(l), l, model.hyperparameters()),
              specs.get(l),
              model.hyperparameters()));
    }
    JsonObject json = new JsonObject();
    json.addProperty("backpropType", "Standard");
    json.addProperty("cacheMode", "NONE");
    json.add("confs", layers);
    json.addProperty("dataType", "FLOAT");
    json.addProperty("epochCount", 0);
    json.addProperty("inferenceWorkspaceMode", "ENABLED");
    json.add("inputPreProcessors", new JsonObject());
    json.addProperty("iterationCount", model.progress().step());
    json.addProperty("tbpttBackLength", 20);
    json.addProperty("tbpttFwdLength", 20);
    json.addProperty("trainingWorkspaceMode", "ENABLED");
    json.addProperty("validateOutputLayerConfig", true);
    return json;
  }

  private static JsonObject configuration(
      JsonObject layer, LayerSpec spec, Hyperparameters hyperparameters) {
    JsonArray variables = new JsonArray();
    variables.add("W");
    if (spec instanceof LayerSpec.Recurrent) {
      variables.add("RW");
    }
    variables.add("b");
    JsonObject json = new JsonObject();
    json.addProperty("cacheMode", "NONE");
    json.addProperty("dataType", "FLOAT");
    json.addProperty("epochCount", 0);
    json.addProperty("iterationCount", 0);
    json.add("layer", layer);
    json.addProperty("maxNumLineSearchIterations", 5);
    json.addProperty("miniBatch", true);
    json.addProperty("minimize", true);
    json.addProperty("optimizationAlgo", "STOCHASTIC_GRADIENT_DESCENT");
    json.addProperty("seed", hyperparameters.seed());
    json.add("stepFunction", JsonNull.INSTANCE);
    json.add("variables", variables);
    return json;
  }

  private static JsonObject layer(LayerSpec spec, int index, Hyperparameters hyperparameters) {
    SortedMap<String, JsonElement> fields = new TreeMap<>(); // as DL4J sorts them
    fields.put("biasInit", new JsonPrimitive(0.0));
    fields.put("biasUpdater", JsonNull.INSTANCE);
    fields.put("constraints", JsonNull.INSTANCE);
    fields.put("gainInit", new JsonPrimitive(1.0));
    fields.put("gradientNormalization", new JsonPrimitive("None"));
    fields.put("gradientNormalizationThreshold", new JsonPrimitive(1.0));
    fields.put("idropout", JsonNull.INSTANCE);
    fields.put("iupdater", adam(hyperparameters));
    fields.put("layerName", new JsonPrimitive("layer" + index));
    fields.put("nin", new JsonPrimitive(spec.inputSize()));
    fields.put("nout", new JsonPrimitive(spec.outputSize()));
    fields.put("regularization", new JsonArray());
    fields.put("regularizationBias", new JsonArray());
    fields.put("rnnDataFormat", new JsonPrimitive("NCW"));
    fields.put("timeDistributedFormat", JsonNull.INSTANCE);
    fields.put("weightInitFn", object("org.deeplearning4j.nn.weights.WeightInitXavier"));
    fields.put("weightNoise", JsonNull.INSTANCE);
    if (spec instanceof LayerSpec.Recurrent recurrent) {
      fields.put("activationFn", object(ACTIVATIONS + "TanH"));
      fields.put("weightInitFnRecurrent", JsonNull.INSTANCE);
      switch (recurrent.cell()) {
        case LSTM -> {
          fields.put("@class", new JsonPrimitive(LAYERS + "LSTM"));
          double forgetBias = CellType.LSTM.initialBias(1); // Gates: candidate, forget, ...
          fields.put("forgetGateBiasInit", new JsonPrimitive(forgetBias));
          fields.put("gateActivationFn", object(ACTIVATIONS + "Sigmoid"));
          fields.put("helperAllowFallback", new JsonPrimitive(true));
        }
        case RNN -> {
          fields.put("@class", new JsonPrimitive(LAYERS + "recurrent.SimpleRnn"));
          fields.put("hasLayerNorm", new JsonPrimitive(false));
        }
        case GRU, MLSTM, PHASED_LSTM ->
            throw new IllegalArgumentException("DL4J has no layer of the cell " + recurrent.cell());
      }
    } else {
      JsonObject loss = object("org.nd4j.linalg.lossfunctions.impl.LossMCXENT");
      loss.addProperty("softmaxClipEps", 1e-10);
      fields.put("@class", new JsonPrimitive(LAYERS + "RnnOutputLayer"));
      fields.put("activationFn", object(ACTIVATIONS + "Softmax"));
      fields.put("hasBias", new JsonPrimitive(true));
      fields.put("lossFn", loss);
    }
    JsonObject json = new JsonObject();
    fields.forEach(json::add);
    return json;
  }

  private static JsonObject adam(Hyperparameters hyperparameters) {
    JsonObject json = object("org.nd4j.linalg.learning.config.Adam");
    json.addProperty("beta1", Hyperparameters.ADAM_BETA_1);
    json.addProperty("beta2", Hyperparameters.ADAM_BETA_2);
    json.addProperty("epsilon", Hyperparameters.ADAM_EPSILON);
    json.addProperty("learningRate", hyperparameters.schedule().learningRate());
    return json;
  }

  private static JsonObject object(String type) {
    JsonObject json = new JsonObject();
    json.addProperty("@class", type);
    return json;
  }
}
