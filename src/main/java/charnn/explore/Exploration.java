package charnn.explore;

/**
 * All that is found out about a model.
 *
 * @param recording what its cells did
 * @param knowledge what they know
 * @param context null if it was not measured
 * @param influence null if it was not measured
 * @param training null if there are no checkpoints
 */
public record Exploration(
    Recording recording,
    Knowledge knowledge,
    ContextLoss context,
    Influence influence,
    TrainedCells training) {}
