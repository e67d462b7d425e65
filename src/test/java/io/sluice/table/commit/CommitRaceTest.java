package io.sluice.table.commit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.delta.storage.CloseableIterator;
import io.delta.storage.LogStore;
import io.sluice.testing.S3Server;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Processes that commit to one log at the same time: no version is told to two, none is lost. The
 * whole of it: {@code -Dsluice.commit.writers=4 -Dsluice.commits=100}.
 */
class CommitRaceTest {
  private static final int WRITERS = Integer.getInteger("sluice.commit.writers", 3);
  private static final int COMMITS = Integer.getInteger("sluice.commits", 25);

  @TempDir Path temp = Path.of("");

  @Test
  void onLocalFilesEachVersionIsOnesOwn() throws Exception {
    Path log = Files.createDirectories(temp.resolve("table/_delta_log"));

    race(new HardLinkLogStore(new Configuration()), log.toUri().toString(), Map.of());
  }

  @Test
  void onObjectStorageEachVersionIsOnesOwn() throws Exception {
    try (S3Server server = new S3Server(temp, "lake")) {
      Map<String, String> settings = server.settingsOfHadoop();
      Configuration hadoop = new Configuration();
      settings.forEach(hadoop::set);

      race(new ConditionalPutLogStore(hadoop), "s3a://lake/table/_delta_log", settings);
    }
  }

  private static void race(LogStore store, String log, Map<String, String> settings)
      throws Exception {
    List<Writer> writers = new ArrayList<>();
    Map<Long, String> told = new TreeMap<>();
    try {
      for (int i = 0; i < WRITERS; i++) {
        writers.add(Writer.start(store.getClass(), log, "writer" + i, settings));
      }
      for (Writer writer : writers) {
        assertEquals("ready", writer.answer());
      }
      List<Writer> open = new ArrayList<>(writers);
      for (long version = 0; !open.isEmpty(); version++) {
        for (Writer writer : open) {
          writer.tell(version);
        }
        for (Writer writer : List.copyOf(open)) {
          String answer = writer.answer();
          if (!answer.equals(CommitChild.LOST)) {
            String other = told.put(version, answer);
            assertTrue(other == null, version + " was told to " + answer + " and " + other);
            if (answer.endsWith(" " + (COMMITS - 1))) {
              open.remove(writer);
              assertEquals(0, writer.process().waitFor());
            }
          }
        }
        assertTrue(told.containsKey(version), version + " was told to nobody");
      }
    } finally {
      writers.forEach(writer -> writer.process().destroyForcibly());
    }

    assertEquals(WRITERS * COMMITS, told.size());
    for (long version = 0; version < told.size(); version++) {
      assertEquals(List.of(told.get(version)), read(store, log, version), "version " + version);
    }
    assertTrue(turns(told) > WRITERS, "They only took turns: " + told);
  }

  /** How often the next version is another's. */
  private static long turns(Map<Long, String> told) {
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

    static Writer start(Class<?> store, String log, String name, Map<String, String> settings)
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
                  String.valueOf(COMMITS)));
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
