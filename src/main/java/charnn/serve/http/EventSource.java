package charnn.serve.http;

import java.util.List;

/** Where the events of a stream come from. */
public interface EventSource {
  /** Returns the events that there are since the last call, each the text of its data. */
  List<String> take();

  /** Returns whether no more events will come; asked after {@link #take}. */
  boolean isDone();
}
