package charnn.spark;

import java.io.Serializable;
import org.apache.spark.util.SerializableConfiguration;

/**
 * What the executors need to know of a run; sent once.
 *
 * @param id of the run in this application
 * @param model file of the model that the run starts from: its network and hyperparameters
 * @param engine name of the engine
 * @param training tokens to train on
 * @param bounds of the replicas' parts of them, ascending: replica r reads from bounds[r] to
 *     bounds[r + 1]
 * @param validation tokens to validate on
 * @param hadoop how files are found
 */
record Assignment(
    String id,
    byte[] model,
    String engine,
    TokenFile training,
    long[] bounds,
    TokenFile validation,
    SerializableConfiguration hadoop)
    implements Serializable {
  int replicas() {
    return bounds.length - 1;
  }
}
