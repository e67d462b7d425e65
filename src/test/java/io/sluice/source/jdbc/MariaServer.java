package io.sluice.source.jdbc;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The one MariaDB server of a test JVM, of the machine's own binary. */
final class MariaServer {
  private static final List<Path> PLACES =
      List.of(
          Path.of("/usr/sbin/mariadbd"), Path.of("/usr/bin/mariadbd"), Path.of("/sbin/mariadbd"));

  private MariaServer() {}

  /** URL of a new, empty database; the test is skipped where the machine has no server. */
  static String newDatabase(String name) throws SQLException {
    Optional<Path> binary = PLACES.stream().filter(Files::isExecutable).findFirst();
    assumeTrue(
        binary.isPresent(),
        "MariaDB is not tested: there is no mariadbd; install mariadb-server-core");
    String server = "jdbc:mariadb://127.0.0.1:%d/".formatted(Holder.PORT);
    try (var connection = DriverManager.getConnection(server, "root", "");
        var statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name + " CHARACTER SET utf8mb4");
    }
    return server + name + "?user=root";
  }

  private static final class Holder {
    static final int PORT = start();

    private static int start() {
      try {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
          port = free.getLocalPort();
        }
        // Sockets have short names only.
        Path data = Files.createTempDirectory("maria");
        Process process =
            new ProcessBuilder(
                    PLACES.stream()
                        .filter(Files::isExecutable)
                        .findFirst()
                        .orElseThrow()
                        .toString(),
                    "--no-defaults",
                    "--skip-grant-tables",
                    "--user=" + System.getProperty("user.name"),
                    "--datadir=" + data,
                    "--port=" + port,
                    "--bind-address=127.0.0.1",
                    "--default-time-zone=+09:00",
                    "--sql-mode=",
                    "--socket=" + data.resolve("socket"),
                    "--pid-file=" + data.resolve("pid"))
                .redirectErrorStream(true)
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(process, data)));
        await(process);
        return port;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** Reads what the server says up to the line that says that it is there. */
    private static void await(Process process) throws IOException {
      StringBuilder said = new StringBuilder();
      BufferedReader output = process.inputReader();
      String line = output.readLine();
      while (line != null && !line.contains("ready for connections")) {
        said.append(line).append('\n');
        line = output.readLine();
      }
      if (line == null) {
        throw new IllegalStateException("mariadbd does not come up:\n" + said);
      }
      // What is never read would stop it once the pipe is full.
      Thread rest = new Thread(() -> output.lines().forEach(more -> {}), "mariadbd's output");
      rest.setDaemon(true);
      rest.start();
    }

    private static void stop(Process process, Path data) {
      try {
        // It still writes files while it goes.
        process.destroyForcibly().waitFor();
        try (var files = Files.walk(data)) {
          files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        }
      } catch (IOException | InterruptedException e) {
        // It is temporary anyhow.
      }
    }
  }
}
