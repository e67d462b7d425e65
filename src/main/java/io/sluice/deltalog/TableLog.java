package io.sluice.deltalog;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the commits at the end of a table's log. Commits are numbered without gaps, so a known
 * version is followed by asking for the next, and the folder is listed only where that leads
 * nowhere.
 */
public final class TableLog {

  private static final Pattern COMMIT = Pattern.compile("(\\d{20})\\.json");
  private static final Pattern CHECKPOINT = Pattern.compile("(\\d{20})\\.checkpoint\\..*parquet");

  private final String table;
  private final LogFiles files;

  TableLog(String table, LogFiles files) {
    this.table = table;
    this.files = files;
  }

  /**
   * The log of the table at a URI or path, which is taken as Spark takes it: {@code %20} is not a
   * space.
   *
   * @param settings those of the Spark session; {@code spark.hadoop.*} say how a file system is
   *     reached
   */
  public static TableLog at(String path, Map<String, String> settings) {
    try {
      return new TableLog(path, LogFiles.at(path + "/_delta_log", settings));
    } catch (IOException e) {
      throw new UnreadableLog("Can't reach %s: %s".formatted(path, cause(e)), e);
    }
  }

  /** The newest version; empty where there is no table. */
  public OptionalLong latest() {
    try {
      List<Long> commits = versions(COMMIT);
      return commits.isEmpty() ? newest(versions(CHECKPOINT)) : newest(commits);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /** The newest version that a checkpoint holds; empty where there is none. */
  public OptionalLong checkpointed() {
    try {
      return newest(versions(CHECKPOINT));
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /**
   * The commits after a version.
   *
   * @param version known before; -1 for none
   */
  public LogTail since(long version) {
    try {
      List<Commit> commits = readOn(version + 1);
      if (!commits.isEmpty()) {
        return tail(commits, Optional.empty());
      }
      return version >= 0 && exists(version)
          ? new LogTail(List.of(), OptionalLong.of(version), Optional.empty())
          : afterGap(version);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /**
   * What the commits after a version say of files, in order.
   *
   * @param last the newest commit that is read
   */
  public List<FileChange> fileChanges(long version, long last) {
    try {
      List<FileChange> changes = new ArrayList<>();
      for (long next = version + 1; next <= last; next++) {
        Optional<InputStream> commit = files.open(name(next));
        if (commit.isEmpty()) {
          throw new FileNotFoundException(name(next));
        }
        try (InputStream in = commit.get()) {
          changes.addAll(FileChangeReader.read(next, in));
        }
      }
      return changes;
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private LogTail afterGap(long known) throws IOException {
    OptionalLong next =
        versions(COMMIT).stream().mapToLong(Long::longValue).filter(v -> v > known).min();
    if (next.isPresent()) {
      long first = next.getAsLong();
      return tail(
          readOn(first),
          first == known + 1
              ? Optional.empty()
              : Optional.of(LogGap.cleaned(known + 1, first - 1)));
    }
    OptionalLong latest = latest();
    if (latest.isEmpty()) {
      return new LogTail(
          List.of(), latest, known < 0 ? Optional.empty() : Optional.of(LogGap.gone(known)));
    }
    long newest = latest.getAsLong();
    if (newest == known) {
      return new LogTail(List.of(), latest, Optional.empty());
    }
    return new LogTail(
        List.of(),
        latest,
        Optional.of(
            newest < known ? LogGap.madeAnew(known, newest) : LogGap.cleaned(known + 1, newest)));
  }

  private static LogTail tail(List<Commit> commits, Optional<LogGap> gap) {
    OptionalLong latest =
        commits.isEmpty()
            ? OptionalLong.empty()
            : OptionalLong.of(commits.get(commits.size() - 1).version());
    return new LogTail(commits, latest, gap);
  }

  private List<Commit> readOn(long first) throws IOException {
    List<Commit> commits = new ArrayList<>();
    for (long version = first; ; version++) {
      String name = name(version);
      Optional<InputStream> commit = files.open(name);
      if (commit.isEmpty()) {
        return commits;
      }
      try (InputStream in = commit.get()) {
        commits.add(CommitReader.read(version, in, () -> files.modified(name)));
      } catch (IOException e) {
        throw new IOException("commit " + name + ": " + cause(e), e);
      }
    }
  }

  private boolean exists(long version) throws IOException {
    Optional<InputStream> commit = files.open(name(version));
    if (commit.isPresent()) {
      commit.get().close();
    }
    return commit.isPresent();
  }

  private List<Long> versions(Pattern kind) throws IOException {
    List<Long> versions = new ArrayList<>();
    for (String name : files.names()) {
      Matcher match = kind.matcher(name);
      if (match.matches()) {
        versions.add(Long.parseLong(match.group(1)));
      }
    }
    return versions;
  }

  private static OptionalLong newest(List<Long> versions) {
    return versions.stream().mapToLong(Long::longValue).max();
  }

  private static String name(long version) {
    return String.format(Locale.ROOT, "%020d.json", version);
  }

  private UnreadableLog unreadable(IOException e) {
    return new UnreadableLog("Can't read the Delta log of %s: %s".formatted(table, cause(e)), e);
  }

  /** Many of the file system's exceptions have but the path for a message. */
  private static String cause(IOException e) {
    return e.getClass() == IOException.class ? String.valueOf(e.getMessage()) : e.toString();
  }
}
