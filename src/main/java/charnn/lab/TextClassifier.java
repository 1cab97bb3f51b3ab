package charnn.lab;

import charnn.checkpoint.ClassifierFile;
import charnn.checkpoint.ClassifierFile.Description;
import charnn.eval.NaiveBayes.Example;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * Says of which class a passage is: an embedding of each unit (16), an LSTM (32) whose inputs drop
 * out with probability 0.1, its state after the last unit, a dense layer (256), a softmax.
 */
final class TextClassifier {
  private static final int EMBEDDING = 16;
  private static final int UNITS = 32;
  private static final int DENSE = 256;
  private static final double RETAINED = 0.9; // DL4J's dropout names what stays.
  private static final double LEARNING_RATE = 0.003;
  private static final int BATCH = 32;

  final Description description;
  private final Map<String, Integer> indices = new HashMap<>();
  private final MultiLayerNetwork network;

  /**
   * A passage of a text.
   *
   * @param label index of its class; any if that is not known
   */
  record Passage(List<String> units, int label) {}

  /**
   * @param seed of its parameters, which are random
   */
  TextClassifier(Description description, long seed) {
    this.description = description;
    description.vocabulary().forEach(unit -> indices.put(unit, indices.size() + 1));
    var embedding = new EmbeddingSequenceLayer.Builder().nIn(indices.size() + 1).nOut(EMBEDDING);
    var lstm = new LSTM.Builder().nIn(EMBEDDING).nOut(UNITS).dropOut(RETAINED).build();
    var dense = new DenseLayer.Builder().nIn(UNITS).nOut(DENSE).activation(Activation.RELU);
    var output = new OutputLayer.Builder(LossFunction.MCXENT).activation(Activation.SOFTMAX);
    network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(seed)
                .updater(new Adam(LEARNING_RATE))
                .list()
                .layer(embedding.inferInputLength(true).hasBias(false).build())
                .layer(new LastTimeStep(lstm))
                .layer(dense.build())
                .layer(output.nIn(DENSE).nOut(description.classes().size()).build())
                .build());
    network.init();
  }

  /** Returns the units that occur most often, most frequent first. */
  static List<String> commonest(List<Passage> passages, int count) {
    Map<String, Long> counts =
        passages.stream()
            .flatMap(passage -> passage.units.stream())
            .collect(Collectors.groupingBy(unit -> unit, TreeMap::new, Collectors.counting()));
    return counts.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .limit(count)
        .map(Map.Entry::getKey)
        .toList();
  }

  /**
   * Reads a classifier that was saved.
   *
   * @throws charnn.checkpoint.ModelFileException if the file cannot be used
   */
  static TextClassifier read(Path file) throws IOException {
    ClassifierFile read =
        ClassifierFile.read(file, d -> (int) new TextClassifier(d, 0).network.numParams());
    TextClassifier classifier = new TextClassifier(read.description(), 0);
    classifier.network.setParams(Nd4j.createFromArray(read.parameters()));
    return classifier;
  }

  void write(Path file) throws IOException {
    float[] parameters = network.params().dup('c').data().asFloat();
    new ClassifierFile(description, parameters)
        .write(file, network.getLayerWiseConfigurations().toJson());
  }

  /** Returns the index of each unit of a passage: 0 for any that is not known. */
  Example encode(Passage passage) {
    int[] units = passage.units.stream().mapToInt(u -> indices.getOrDefault(u, 0)).toArray();
    return new Example(units, passage.label);
  }

  /**
   * Trains on each passage once, in batches of passages of similar length.
   *
   * @return the mean loss, in nats; NaN if the time was over before the last batch
   */
  double epoch(Lab lab, String name, List<Passage> passages, Random random) {
    List<Passage> order = new ArrayList<>(passages);
    Collections.shuffle(order, random);
    order.sort(Comparator.comparingInt(passage -> passage.units.size()));
    List<List<Passage>> batches = new ArrayList<>(batches(order));
    Collections.shuffle(batches, random);
    double loss = 0;
    for (int i = 0; i < batches.size(); i++) {
      if (lab.isTimeUp()) {
        return Double.NaN;
      }
      lab.progress("%s: batch %,d of %,d", name, i + 1, batches.size());
      network.fit(data(batches.get(i)));
      loss += network.score() * batches.get(i).size();
    }
    return loss / passages.size();
  }

  /** Returns the probability of each class [passage][class]. */
  INDArray probabilities(List<Passage> passages) {
    return Nd4j.vstack(batches(passages).stream().map(batch -> output(data(batch))).toList());
  }

  /** Compares the most probable classes of passages with the right ones. */
  Evaluation evaluate(List<Passage> passages) {
    Evaluation evaluation = new Evaluation(description.classes().size());
    for (List<Passage> batch : batches(passages)) {
      DataSet data = data(batch);
      evaluation.eval(data.getLabels(), output(data));
    }
    return evaluation;
  }

  private INDArray output(DataSet data) {
    return network.output(data.getFeatures(), false, data.getFeaturesMaskArray(), null);
  }

  private static List<List<Passage>> batches(List<Passage> passages) {
    int count = passages.size();
    return IntStream.iterate(0, from -> from < count, from -> from + BATCH)
        .mapToObj(from -> passages.subList(from, Math.min(from + BATCH, count)))
        .toList();
  }

  /** Returns indices [B, T], one-hot classes [B, K], and 1 for each unit up to the end [B, T]. */
  private DataSet data(List<Passage> batch) {
    int longest = batch.stream().mapToInt(passage -> passage.units.size()).max().orElseThrow();
    INDArray inputs = Nd4j.zeros(batch.size(), longest);
    INDArray mask = Nd4j.zeros(batch.size(), longest);
    INDArray labels = Nd4j.zeros(batch.size(), description.classes().size());
    for (int b = 0; b < batch.size(); b++) {
      int[] units = encode(batch.get(b)).units();
      for (int t = 0; t < units.length; t++) {
        inputs.putScalar(b, t, units[t]);
        mask.putScalar(b, t, 1);
      }
      labels.putScalar(b, batch.get(b).label, 1);
    }
    return new DataSet(inputs, labels, mask, null);
  }
}
