package io.sluice.testing;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A real Cassandra, of the class path that Maven wrote down for it. Who asks is {@code cassandra},
 * with the password {@code cassandra}.
 */
public final class CassandraServer implements AutoCloseable {
  public static final String USER = "cassandra";
  private static final Path CLASS_PATH = Path.of("target/class-path/cassandra");

  private final Path folder;
  private final int port = freePort();
  private final Process process;
  private final CqlSession session;

  /**
   * @param folder for all that it keeps
   */
  public CassandraServer(Path folder) {
    this.folder = folder;
    try {
      Files.writeString(folder.resolve("cassandra.yaml"), settings());
      this.process =
          new ProcessBuilder(command())
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("log").toFile())
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.session = connected();
  }

  private static int freePort() {
    try (ServerSocket any = new ServerSocket(0)) {
      return any.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String settings() {
    return """
        cluster_name: test
        num_tokens: 4
        partitioner: org.apache.cassandra.dht.Murmur3Partitioner
        endpoint_snitch: SimpleSnitch
        seed_provider:
          - class_name: org.apache.cassandra.locator.SimpleSeedProvider
            parameters:
              - seeds: "127.0.0.1:%d"
        listen_address: 127.0.0.1
        storage_port: %1$d
        rpc_address: 127.0.0.1
        native_transport_port: %d
        auto_bootstrap: false
        commitlog_sync: periodic
        commitlog_sync_period: 10000ms
        commitlog_segment_size: 8MiB
        key_cache_size: 1MiB
        file_cache_size: 32MiB
        networking_cache_size: 16MiB
        memtable_heap_space: 32MiB
        memtable_offheap_space: 32MiB
        concurrent_reads: 4
        concurrent_writes: 4
        concurrent_compactors: 1
        authenticator: PasswordAuthenticator
        """
        .formatted(freePort(), port);
  }

  private List<String> command() throws IOException {
    String jars = Files.readString(CLASS_PATH).strip();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
    Stream.of(jars.split(File.pathSeparator))
        .filter(jar -> Path.of(jar).getFileName().toString().startsWith("jamm-"))
        .forEach(jar -> command.add("-javaagent:" + jar));
    command.addAll(
        List.of(
            "-Xms256m",
            "-Xmx512m",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-XX:MaxDirectMemorySize=128m",
            "-Djdk.attach.allowAttachSelf=true",
            "-Djava.net.preferIPv4Stack=true",
            "-Dcassandra.config=" + folder.resolve("cassandra.yaml").toUri(),
            "-Dcassandra.storagedir=" + folder,
            "-Dcassandra.logdir=" + folder,
            "-Dcassandra.ring_delay_ms=1",
            "-Dcassandra.skip_wait_for_gossip_to_settle=0",
            "-Dcassandra.superuser_setup_delay_ms=0",
            "-Dcassandra-foreground=yes"));
    for (String module :
        List.of(
            "java.rmi/sun.rmi.registry",
            "java.rmi/sun.rmi.transport",
            "java.rmi/sun.rmi.transport.tcp",
            "java.base/java.lang.ref",
            "java.base/java.lang.reflect",
            "java.base/jdk.internal.ref",
            "java.base/jdk.internal.reflect",
            "java.base/jdk.internal.math",
            "java.base/jdk.internal.module",
            "java.base/jdk.internal.misc",
            "java.base/jdk.internal.util",
            "java.base/jdk.internal.util.jar",
            "java.base/sun.nio.ch",
            "java.base/java.io",
            "java.base/java.lang",
            "java.base/java.lang.module",
            "java.base/java.nio",
            "java.base/java.util",
            "java.base/java.util.concurrent",
            "java.base/java.util.concurrent.atomic",
            "java.base/jdk.internal.loader",
            "java.base/jdk.internal.perf",
            "java.management.rmi/com.sun.jmx.remote.internal.rmi",
            "java.sql/java.sql",
            "jdk.management/com.sun.management.internal")) {
      command.add("--add-exports=" + module + "=ALL-UNNAMED");
      command.add("--add-opens=" + module + "=ALL-UNNAMED");
    }
    String ours =
        Path.of(
                URI.create(
                    ServerChild.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toString()))
            .toString();
    command.addAll(
        List.of(
            "-cp",
            jars + File.pathSeparator + ours,
            ServerChild.class.getName(),
            "org.apache.cassandra.service.CassandraDaemon"));
    return command;
  }

  /** When it answers, and knows the one who asks. */
  private CqlSession connected() {
    for (int i = 0; i < 240 && process.isAlive(); i++) {
      try {
        return open(Duration.ofSeconds(10));
      } catch (AllNodesFailedException e) {
        try {
          TimeUnit.MILLISECONDS.sleep(500);
        } catch (InterruptedException interrupted) {
          Thread.currentThread().interrupt();
          break;
        }
      }
    }
    close(process);
    throw new IllegalStateException("Cassandra does not come up; see " + folder.resolve("log"));
  }

  private CqlSession open(Duration timeout) {
    return CqlSession.builder()
        .addContactPoint(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
        .withLocalDatacenter("datacenter1")
        .withAuthCredentials(USER, USER)
        .withConfigLoader(
            DriverConfigLoader.programmaticBuilder()
                .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, timeout)
                .withDuration(DefaultDriverOption.CONTROL_CONNECTION_TIMEOUT, timeout)
                .build())
        .build();
  }

  public int port() {
    return port;
  }

  public CqlSession session() {
    return session;
  }

  public void execute(String... statements) {
    for (String cql : statements) {
      session.execute(cql);
    }
  }

  public void die() {
    process.destroyForcibly();
  }

  @Override
  public void close() {
    session.close();
    close(process);
  }

  private static void close(Process process) {
    process.destroyForcibly();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
