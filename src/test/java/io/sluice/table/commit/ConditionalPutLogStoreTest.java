package io.sluice.table.commit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.delta.storage.CloseableIterator;
import io.sluice.testing.S3Server;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against an S3 that asks who one is, and that holds to If-None-Match. */
class ConditionalPutLogStoreTest {
  @TempDir private static Path temp = Path.of("");
  private static S3Server server;

  @BeforeAll
  static void start() {
    server = new S3Server(temp, "lake");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void aVersionThatIsTakenStaysAsItIs() throws IOException {
    Configuration hadoop = hadoop(server.endpoint());
    write(hadoop, "taken", "mine", false);

    assertThrows(FileAlreadyExistsException.class, () -> write(hadoop, "taken", "yours", false));

    assertEquals(List.of("mine"), read(hadoop, "taken"));
    write(hadoop, "taken", "newer", true);
    assertEquals(List.of("newer"), read(hadoop, "taken"));
  }

  @Test
  void anAnswerThatWasLostIsNotTakenForAnothersVersion() throws IOException {
    try (LostAnswer wire = new LostAnswer(URI.create(server.endpoint()).getPort())) {
      Configuration hadoop = hadoop(wire.endpoint());

      write(hadoop, "lost", "mine", false);

      assertEquals(1, wire.lost());
      assertEquals(List.of("mine"), read(hadoop, "lost"));
      assertThrows(FileAlreadyExistsException.class, () -> write(hadoop, "lost", "yours", false));
    }
  }

  @Test
  void aWriteThatFailsOnTheWayLeavesNothing() throws IOException {
    Configuration hadoop = hadoop(server.endpoint());
    Iterator<String> breaks =
        Stream.of("first", "second")
            .map(
                line -> {
                  if (line.equals("second")) {
                    throw new IllegalStateException("no more");
                  }
                  return line;
                })
            .iterator();

    assertThrows(
        IllegalStateException.class,
        () -> new ConditionalPutLogStore(hadoop).write(at("broken"), breaks, false, hadoop));

    write(hadoop, "broken", "whole", false);
    assertEquals(List.of("whole"), read(hadoop, "broken"));
    List<String> names = new ArrayList<>();
    Iterator<FileStatus> all = new ConditionalPutLogStore(hadoop).listFrom(at("broken"), hadoop);
    all.forEachRemaining(file -> names.add(file.getPath().getName()));
    assertEquals("broken", names.get(0));
  }

  private static void write(Configuration hadoop, String name, String line, boolean overwrite)
      throws IOException {
    new ConditionalPutLogStore(hadoop).write(at(name), List.of(line).iterator(), overwrite, hadoop);
  }

  private static List<String> read(Configuration hadoop, String name) throws IOException {
    List<String> lines = new ArrayList<>();
    try (CloseableIterator<String> all =
        new ConditionalPutLogStore(hadoop).read(at(name), hadoop)) {
      all.forEachRemaining(lines::add);
    }
    return lines;
  }

  private static org.apache.hadoop.fs.Path at(String name) {
    return new org.apache.hadoop.fs.Path("s3a://lake/table/_delta_log/" + name);
  }

  private static Configuration hadoop(String endpoint) {
    Configuration hadoop = new Configuration();
    hadoop.setBoolean("fs.s3a.impl.disable.cache", true);
    S3Server.settingsOfHadoop(endpoint).forEach(hadoop::set);
    return hadoop;
  }
}
