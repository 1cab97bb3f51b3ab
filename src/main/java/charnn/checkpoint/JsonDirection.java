package charnn.checkpoint;

import charnn.data.Direction;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;

/** Leaves out the usual direction: the file of a model that reads forwards does not change. */
final class JsonDirection extends TypeAdapter<Direction> {
  @Override
  public void write(JsonWriter out, Direction direction) throws IOException {
    if (direction == Direction.BACKWARD) {
      out.value(direction.name());
      return;
    }
    boolean nulls = out.getSerializeNulls();
    out.setSerializeNulls(false);
    out.nullValue(); // drops the name, too
    out.setSerializeNulls(nulls);
  }

  @Override
  public Direction read(JsonReader in) throws IOException {
    if (in.peek() == JsonToken.NULL) {
      in.nextNull();
      return Direction.FORWARD;
    }
    return Direction.of(in.nextString());
  }
}
