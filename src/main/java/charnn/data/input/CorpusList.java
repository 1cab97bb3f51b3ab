package charnn.data.input;

import static charnn.util.Formats.format;

import charnn.data.CorpusException;
import charnn.data.DecodingSettings;
import charnn.data.TextFile;
import charnn.data.web.WebAddress;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A file that names inputs, one a line; empty lines and those that begin with # name none. */
public final class CorpusList {
  private CorpusList() {}

  /**
   * Reads a list.
   *
   * @param list what it names is relative to its folder; if it is a pipe, to the current one
   * @throws CorpusException if it cannot be read, names nothing, or what does not exist
   */
  public static List<CorpusInput> read(Path list) throws CorpusException {
    Path folder = Files.isRegularFile(list) ? list.getParent() : null;
    List<CorpusInput> inputs = new ArrayList<>();
    int number = 0;
    for (String line : TextFile.read(list, new DecodingSettings(null, false)).text().split("\n")) {
      number++;
      String name = line.strip();
      if (!name.isEmpty() && !name.startsWith("#")) {
        inputs.add(input(list, number, name, folder));
      }
    }
    if (inputs.isEmpty()) {
      throw new CorpusException(list + " names no texts; it needs the name of a file in each line");
    }
    return inputs;
  }

  private static CorpusInput input(Path list, int number, String name, Path folder)
      throws CorpusException {
    if (name.equals(CorpusInput.STANDARD_INPUT)) {
      throw new CorpusException(
          format("line %,d of %s names standard input; name a file", number, list));
    }
    try {
      boolean isWeb = WebAddress.isMeant(name);
      boolean isRelative = folder != null && !isWeb && !Path.of(name).isAbsolute();
      CorpusInput input = CorpusInput.of(isRelative ? folder + "/" + name : name);
      if (!isWeb && !Files.exists(input.file())) {
        throw new CorpusException(
            format(
                "cannot find %s, named in line %,d of %s; check the path",
                input.name(), number, list));
      }
      return input;
    } catch (InvalidPathException e) {
      throw new CorpusException(
          format("line %,d of %s is no name of a file: %s", number, list, e.getReason()), e);
    }
  }
}
