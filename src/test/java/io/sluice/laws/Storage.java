package io.sluice.laws;

import io.sluice.testing.S3Server;
import java.nio.file.Path;
import java.util.Map;

/** The object storage of a campaign, which is there from its start: Spark asks for it once. */
final class Storage implements AutoCloseable {
  static final String BUCKET = "lake";

  private final S3Server server;

  Storage(Path folder) {
    this.server = new S3Server(folder, BUCKET);
    server
        .settingsOfHadoop()
        .forEach((key, value) -> System.setProperty("spark.hadoop." + key, value));
  }

  Map<String, String> settings() {
    return server.settingsOfHadoop();
  }

  int port() {
    return Integer.parseInt(server.endpoint().replaceFirst(".*:", ""));
  }

  @Override
  public void close() {
    server.close();
  }
}
