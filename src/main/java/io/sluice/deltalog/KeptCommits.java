package io.sluice.deltalog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a table's log said of commits that it has forgotten, in files beside the table that are only
 * ever added: {@code _sluice/receipts/<first>-<last>.json}, a line a commit. They are a small part
 * of the log's own, as they name partitions and not files.
 *
 * @param table its URI or path, as {@link TableLog#at} takes it
 * @param settings those of the Spark session
 */
public record KeptCommits(String table, Map<String, String> settings) {
  private static final Pattern FILE = Pattern.compile("(\\d{20})-(\\d{20})\\.json");

  public KeptCommits {
    settings = Map.copyOf(settings);
  }

  private record Part(long first, long last) {
    String name() {
      return String.format(Locale.ROOT, "%020d-%020d.json", first, last);
    }
  }

  /**
   * Keeps all commits up to a version. Whoever cleans a log calls this first, and removes no commit
   * after the version that it gives back.
   *
   * @return the newest version of which everything up to it is kept, or was gone before; -1 where
   *     nothing is
   */
  public long keep(long upTo) {
    long kept = parts().stream().mapToLong(Part::last).max().orElse(-1);
    if (kept >= upTo) {
      return kept;
    }
    List<Commit> more =
        TableLog.at(table, settings).since(kept).commits().stream()
            .filter(commit -> commit.version() <= upTo)
            .toList();
    if (more.isEmpty()) {
      return kept;
    }
    Part part = new Part(more.get(0).version(), more.get(more.size() - 1).version());
    folder()
        .write(
            part.name(),
            more.stream().map(CommitJson::write).collect(Collectors.joining("\n", "", "\n")));
    return part.last();
  }

  /** Those of these versions that were kept, in order. */
  List<Commit> between(long first, long last) {
    SortedMap<Long, Commit> found = new TreeMap<>();
    for (Part part : parts()) {
      if (part.first() <= last && part.last() >= first) {
        for (Commit commit : read(part)) {
          if (commit.version() >= first && commit.version() <= last) {
            found.put(commit.version(), commit);
          }
        }
      }
    }
    return List.copyOf(found.values());
  }

  private List<Commit> read(Part part) {
    List<Commit> commits = new ArrayList<>();
    String text = folder().read(part.name()).orElse("");
    for (String line : text.split("\n", -1)) {
      if (!line.isBlank()) {
        try {
          commits.add(CommitJson.read(line));
        } catch (IOException | RuntimeException e) {
          throw new UncheckedIOException(
              "Can't read %s/%s: %s; put the file back from a copy, or remove it: what it tells is then not known"
                  .formatted(path(), part.name(), e.getMessage()),
              e instanceof IOException io ? io : new IOException(e));
        }
      }
    }
    return commits;
  }

  private List<Part> parts() {
    List<Part> parts = new ArrayList<>();
    for (String name : folder().names()) {
      Matcher match = FILE.matcher(name);
      if (match.matches()) {
        parts.add(new Part(Long.parseLong(match.group(1)), Long.parseLong(match.group(2))));
      }
    }
    return parts;
  }

  private StoredFolder folder() {
    return StoredFolder.at(path(), settings);
  }

  private String path() {
    return table + "/_sluice/receipts";
  }
}
