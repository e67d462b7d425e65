package io.sluice.source.landing;

import io.sluice.api.Look;
import io.sluice.time.IntervalSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Finds the files of a template; lists a folder once, and none that can't hold an asked date. */
final class FolderWalk {

  /** A file, what its path says of its date, and when it was written. */
  record Found(Look.Item item, PathDate date, long modifiedMillis) {}

  private final PathTemplate template;
  private final Listing listing;
  private final Predicate<String> isMeant;

  /**
   * @param isMeant of names of files and folders that are not named in full
   */
  FolderWalk(PathTemplate template, Listing listing, Predicate<String> isMeant) {
    this.template = template;
    this.listing = listing;
    this.isMeant = isMeant;
  }

  /** Whether the folder above all files is there, as far as the storage can tell. */
  boolean hasRoot() throws IOException {
    return !listing.keepsEmptyFolders() || listing.list(template.root(), name -> false).isPresent();
  }

  /** The files whose paths allow a date in the asked set, each once. */
  Collection<Found> files(IntervalSet asked) throws IOException {
    Map<String, Found> found = new TreeMap<>();
    try {
      descend(template.root(), 0, PathDate.UNKNOWN, asked, found);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return found.values();
  }

  private void descend(
      String folder, int at, PathDate known, IntervalSet asked, Map<String, Found> found)
      throws IOException {
    PathSegment segment = template.segments().get(at);
    if (segment.isDeep()) {
      descend(folder, at + 1, known, asked, found);
      for (Listing.Entry child : list(folder, isMeant)) {
        if (child.isFolder()) {
          descend(folder + "/" + child.name(), at, known, asked, found);
        }
      }
      return;
    }
    boolean isLast = at == template.segments().size() - 1;
    // A folder that is named in full may begin with _; a file may not, since Spark reads none.
    boolean mayBeHidden = segment.isPlain() && !isLast;
    Predicate<String> fits =
        name ->
            (mayBeHidden || isMeant.test(name))
                && date(segment, name, known).filter(date -> isAsked(date, asked)).isPresent();
    for (Listing.Entry child : list(folder, fits)) {
      PathDate date = date(segment, child.name(), known).orElseThrow();
      String path = folder + "/" + child.name();
      if (isLast && child.isFolder()) {
        for (Listing.Entry file : list(path, isMeant)) {
          add(path + "/" + file.name(), file, date, found);
        }
      } else if (isLast) {
        add(path, child, date, found);
      } else if (child.isFolder()) {
        descend(path, at + 1, date, asked, found);
      }
    }
  }

  private static void add(
      String path, Listing.Entry file, PathDate date, Map<String, Found> found) {
    if (!file.isFolder()) {
      String id = path.startsWith("/") ? "file:" + path : path;
      Look.Item item = new Look.Item(id, file.version(), file.bytes());
      found.put(id, new Found(item, date, file.modifiedMillis()));
    }
  }

  private static Optional<PathDate> date(PathSegment segment, String name, PathDate known) {
    return segment.match(name, known);
  }

  private static boolean isAsked(PathDate date, IntervalSet asked) {
    return date.span().filter(asked::overlaps).isPresent();
  }

  private List<Listing.Entry> list(String folder, Predicate<String> names) throws IOException {
    return listing.list(folder, names).orElseGet(ArrayList::new);
  }

  /** What Spark would pass over in silence, and side files of Hadoop. */
  static boolean isHidden(String name) {
    return name.startsWith("_")
        || name.startsWith(".")
        || name.endsWith(".crc")
        || name.endsWith("._COPYING_");
  }
}
