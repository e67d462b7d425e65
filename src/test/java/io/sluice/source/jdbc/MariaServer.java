package io.sluice.source.jdbc;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
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
        Path log = data.resolve("log");
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
                .redirectOutput(log.toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(process, data)));
        await(port, process, log);
        return port;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static void await(int port, Process process, Path log) throws IOException {
      for (int i = 0; i < 200 && process.isAlive(); i++) {
        try (var connection =
            DriverManager.getConnection(
                "jdbc:mariadb://127.0.0.1:%d/".formatted(port), "root", "")) {
          return;
        } catch (SQLException e) {
          try {
            Thread.sleep(100);
          } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
          }
        }
      }
      throw new IllegalStateException("mariadbd does not come up:\n" + Files.readString(log));
    }

    private static void stop(Process process, Path data) {
      process.destroyForcibly();
      try (var files = Files.walk(data)) {
        process.waitFor();
        files.sorted(java.util.Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
      } catch (IOException | InterruptedException e) {
        // It is temporary anyhow.
      }
    }
  }
}
