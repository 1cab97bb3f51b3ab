package charnn.data.input;

/**
 * Where a text is found.
 *
 * @param shown as messages name it
 * @param path that is recorded; itself the name of a {@link CorpusInput}
 * @param name of the file or entry, without folders
 * @param isNamed whether the user named it, not a folder or an archive in which it is
 */
record Place(String shown, String path, String name, boolean isNamed) {
  /** Returns the place of an entry of the archive that stands here. */
  Place entry(String entry, boolean entryIsNamed) {
    return new Place(
        shown + CorpusInput.SEPARATOR + entry,
        path + CorpusInput.SEPARATOR + entry,
        lastPart(entry),
        entryIsNamed);
  }

  /** Returns a name without its folders. */
  static String lastPart(String name) {
    return name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
  }
}
