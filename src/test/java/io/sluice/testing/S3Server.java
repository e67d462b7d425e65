package io.sluice.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** An S3 that knows who may come in, and keeps what it is given in a folder. */
public final class S3Server implements AutoCloseable {
  private static final Path JAR = Path.of("target/servers/s3proxy.jar");
  private static final String USER = "local-identity";
  private static final String PASSWORD = "local-credential";

  private final Path folder;
  private final int port = freePort();
  private final Process process;

  /**
   * @param folder for all that it keeps
   * @param bucket that is there from the start
   */
  public S3Server(Path folder, String bucket) {
    this.folder = folder;
    try {
      Files.createDirectories(folder.resolve("objects"));
      Path settings = folder.resolve("s3proxy.conf");
      Files.writeString(settings, settings());
      this.process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin/java").toString(),
                  "-Xmx256m",
                  "-XX:TieredStopAtLevel=1",
                  "-XX:+UseSerialGC",
                  "-cp",
                  JAR + File.pathSeparator + ours(),
                  ServerChild.class.getName(),
                  "org.gaul.s3proxy.Main",
                  "--properties",
                  settings.toString())
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("log").toFile())
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    create(bucket);
  }

  private String settings() {
    return """
        s3proxy.endpoint=%s
        s3proxy.authorization=aws-v2-or-v4
        s3proxy.identity=%s
        s3proxy.credential=%s
        jclouds.provider=filesystem
        jclouds.identity=ignored
        jclouds.credential=ignored
        jclouds.filesystem.basedir=%s
        """
        .formatted(endpoint(), USER, PASSWORD, folder.resolve("objects"));
  }

  private static String ours() {
    return Path.of(
            URI.create(
                ServerChild.class.getProtectionDomain().getCodeSource().getLocation().toString()))
        .toString();
  }

  private static int freePort() {
    try (ServerSocket any = new ServerSocket(0)) {
      return any.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** When it answers. */
  private void create(String bucket) {
    try (S3Client client =
        S3Client.builder()
            .endpointOverride(URI.create(endpoint()))
            .region(Region.US_EAST_1)
            .forcePathStyle(true)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create(USER, PASSWORD)))
            .build()) {
      for (int i = 0; i < 120 && process.isAlive(); i++) {
        try {
          client.createBucket(request -> request.bucket(bucket));
          return;
        } catch (SdkException e) {
          TimeUnit.MILLISECONDS.sleep(250);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    close();
    throw new IllegalStateException("S3 does not come up; see " + folder.resolve("log"));
  }

  public String endpoint() {
    return "http://127.0.0.1:" + port;
  }

  /** What Hadoop must know to come in; of Spark, with {@code spark.hadoop.} before each. */
  public Map<String, String> settingsOfHadoop() {
    return settingsOfHadoop(endpoint());
  }

  /**
   * @param endpoint of what stands in between
   */
  public static Map<String, String> settingsOfHadoop(String endpoint) {
    return Map.of(
        "fs.s3a.endpoint", endpoint,
        "fs.s3a.endpoint.region", "us-east-1",
        "fs.s3a.path.style.access", "true",
        "fs.s3a.connection.ssl.enabled", "false",
        "fs.s3a.access.key", USER,
        "fs.s3a.secret.key", PASSWORD,
        "fs.s3a.aws.credentials.provider", "org.apache.hadoop.fs.s3a.SimpleAWSCredentialsProvider");
  }

  /** All objects of a bucket as it keeps them. */
  public List<Path> objects(String bucket) {
    try (var files = Files.walk(folder.resolve("objects").resolve(bucket))) {
      return files.filter(Files::isRegularFile).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
