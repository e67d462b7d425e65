package io.sluice.table.commit;

import io.delta.storage.CloseableIterator;
import io.delta.storage.LogStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;

/** Processes that are all told the same version of one log, and each try to write it. */
public final class CommitRace {
  private final List<Writer> writers = new ArrayList<>();
  private final Map<Long, String> told = new TreeMap<>();
  private final List<String> faults = new ArrayList<>();

  private CommitRace() {}

  /**
   * What came of it.
   *
   * @param kept commits that lie in the log as they were told
   * @param turns how often the next version was another's
   * @param faults what should not be
   */
  public record Result(int asked, long kept, long turns, List<String> faults) {}

  /**
   * @param log an empty folder
   */
  public static Result onLocalFiles(Path log, int writers, int commits)
      throws IOException, InterruptedException {
    return race(
        new HardLinkLogStore(new Configuration()),
        log.toUri().toString(),
        Map.of(),
        writers,
        commits);
  }

  /**
   * @param settings what Hadoop must know of it
   */
  public static Result onObjectStorage(
      String log, Map<String, String> settings, int writers, int commits)
      throws IOException, InterruptedException {
    Configuration hadoop = new Configuration();
    settings.forEach(hadoop::set);
    return race(new ConditionalPutLogStore(hadoop), log, settings, writers, commits);
  }

  private static Result race(
      LogStore store, String log, Map<String, String> settings, int writers, int commits)
      throws IOException, InterruptedException {
    CommitRace race = new CommitRace();
    try {
      for (int i = 0; i < writers; i++) {
        race.writers.add(Writer.start(store.getClass(), log, "writer" + i, commits, settings));
      }
      for (Writer writer : race.writers) {
        writer.answer();
      }
      race.run(commits);
    } finally {
      race.writers.forEach(writer -> writer.process().destroyForcibly());
    }
    return race.result(store, log, writers * commits);
  }

  private void run(int commits) throws IOException, InterruptedException {
    List<Writer> open = new ArrayList<>(writers);
    for (long version = 0; !open.isEmpty(); version++) {
      for (Writer writer : open) {
        writer.tell(version);
      }
      for (Writer writer : List.copyOf(open)) {
        String answer = writer.answer();
        if (!answer.equals(CommitChild.LOST)) {
          String other = told.put(version, answer);
          if (other != null) {
            faults.add("%d was told to %s and %s".formatted(version, answer, other));
          }
          if (answer.endsWith(" " + (commits - 1))) {
            open.remove(writer);
            writer.process().waitFor();
          }
        }
      }
      if (!told.containsKey(version)) {
        faults.add("%d was told to nobody".formatted(version));
        return;
      }
    }
  }

  private Result result(LogStore store, String log, int asked) throws IOException {
    long kept = 0;
    for (Map.Entry<Long, String> one : told.entrySet()) {
      List<String> lines = read(store, log, one.getKey());
      if (lines.equals(List.of(one.getValue()))) {
        kept++;
      } else {
        faults.add("%d was told to %s and holds %s".formatted(one.getKey(), one.getValue(), lines));
      }
    }
    return new Result(asked, kept, turns(), List.copyOf(faults));
  }

  private long turns() {
    List<String> names = told.values().stream().map(one -> one.split(" ", 2)[0]).toList();
    long turns = 0;
    for (int i = 1; i < names.size(); i++) {
      turns += names.get(i).equals(names.get(i - 1)) ? 0 : 1;
    }
    return turns;
  }

  private static List<String> read(LogStore store, String log, long version) throws IOException {
    List<String> lines = new ArrayList<>();
    try (CloseableIterator<String> all =
        store.read(CommitChild.version(log, version), store.initHadoopConf())) {
      all.forEachRemaining(lines::add);
    }
    return lines;
  }

  private record Writer(Process process, BufferedReader screen) {

    static Writer start(
        Class<?> store, String log, String name, int commits, Map<String, String> settings)
        throws IOException {
      List<String> command =
          new ArrayList<>(
              List.of(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xmx128m",
                  "-XX:TieredStopAtLevel=1",
                  "-XX:+UseSerialGC",
                  "-cp",
                  System.getProperty(
                      "surefire.test.class.path", System.getProperty("java.class.path")),
                  CommitChild.class.getName(),
                  store.getName(),
                  log,
                  name,
                  String.valueOf(commits)));
      settings.forEach((key, value) -> command.add(key + "=" + value));
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      return new Writer(process, process.inputReader(StandardCharsets.UTF_8));
    }

    void tell(long version) throws IOException {
      OutputStream in = process.getOutputStream();
      in.write((version + "\n").getBytes(StandardCharsets.UTF_8));
      in.flush();
    }

    String answer() throws IOException {
      String line = screen.readLine();
      if (line == null) {
        throw new AssertionError("A writer has died");
      }
      return line;
    }
  }
}
