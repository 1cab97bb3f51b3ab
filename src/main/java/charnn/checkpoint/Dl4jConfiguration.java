package charnn.checkpoint;

import charnn.model.Hyperparameters;
import charnn.model.Model;
import charnn.nn.LayerSpec;
import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.util.List;

/**
 * The entry configuration.json: a network as DL4J 1.0.0-M2.1 describes it, field by field what its
 * own {@code toJson} writes. A test holds the two against each other.
 */
final class Dl4jConfiguration {
  private static final String LAYERS = "org.deeplearning4j.nn.conf.layers.";
  private static final String ACTIVATIONS = "org.nd4j.linalg.activations.impl.Activation";

  private Dl4jConfiguration() {}

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
    boolean lstm = spec instanceof LayerSpec.Recurrent;
    JsonObject json = new JsonObject();
    json.addProperty("@class", LAYERS + (lstm ? "LSTM" : "RnnOutputLayer"));
    json.add("activationFn", object(ACTIVATIONS + (lstm ? "TanH" : "Softmax")));
    json.addProperty("biasInit", 0.0);
    json.add("biasUpdater", JsonNull.INSTANCE);
    json.add("constraints", JsonNull.INSTANCE);
    if (lstm) {
      json.addProperty("forgetGateBiasInit", 1.0);
    }
    json.addProperty("gainInit", 1.0);
    if (lstm) {
      json.add("gateActivationFn", object(ACTIVATIONS + "Sigmoid"));
    }
    json.addProperty("gradientNormalization", "None");
    json.addProperty("gradientNormalizationThreshold", 1.0);
    if (lstm) {
      json.addProperty("helperAllowFallback", true);
    } else {
      json.addProperty("hasBias", true);
    }
    json.add("idropout", JsonNull.INSTANCE);
    json.add("iupdater", adam(hyperparameters));
    json.addProperty("layerName", "layer" + index);
    if (!lstm) {
      JsonObject loss = object("org.nd4j.linalg.lossfunctions.impl.LossMCXENT");
      loss.addProperty("softmaxClipEps", 1e-10);
      json.add("lossFn", loss);
    }
    json.addProperty("nin", spec.inputSize());
    json.addProperty("nout", spec.outputSize());
    json.add("regularization", new JsonArray());
    json.add("regularizationBias", new JsonArray());
    json.addProperty("rnnDataFormat", "NCW");
    json.add("timeDistributedFormat", JsonNull.INSTANCE);
    json.add("weightInitFn", object("org.deeplearning4j.nn.weights.WeightInitXavier"));
    if (lstm) {
      json.add("weightInitFnRecurrent", JsonNull.INSTANCE);
    }
    json.add("weightNoise", JsonNull.INSTANCE);
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
