package io.sluice.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class HadoopStorageTest {
  private static final Path LOG = new Path("s3a://lake/sales/_delta_log");
  private static final byte[] LIST =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">
        <Name>lake</Name><Prefix>sales/_delta_log/</Prefix><KeyCount>1</KeyCount>
        <MaxKeys>1000</MaxKeys><Delimiter>/</Delimiter><IsTruncated>false</IsTruncated>
        <Contents>
          <Key>sales/_delta_log/00000000000000000000.json</Key>
          <LastModified>2026-01-01T00:00:00.000Z</LastModified>
          <ETag>"0"</ETag><Size>7</Size><StorageClass>STANDARD</StorageClass>
        </Contents>
      </ListBucketResult>
      """
          .strip()
          .getBytes(StandardCharsets.UTF_8);

  private final AtomicInteger broken = new AtomicInteger();
  private final AtomicInteger asked = new AtomicInteger();
  private HttpServer server;
  private FileSystem files;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    files =
        FileSystem.newInstance(
            LOG.toUri(),
            HadoopStorage.settings(
                Map.of(
                    "spark.hadoop.fs.s3a.endpoint",
                    "http://127.0.0.1:" + server.getAddress().getPort(),
                    "spark.hadoop.fs.s3a.endpoint.region",
                    "us-east-1",
                    "spark.hadoop.fs.s3a.path.style.access",
                    "true",
                    "spark.hadoop.fs.s3a.access.key",
                    "user",
                    "spark.hadoop.fs.s3a.secret.key",
                    "word",
                    "spark.hadoop.fs.s3a.bucket.probe",
                    "0")));
  }

  @AfterEach
  void stop() throws IOException {
    files.close();
    server.stop(0);
  }

  /** With a head that promises a list, and nothing after it where it is broken. */
  private void answer(HttpExchange exchange) throws IOException {
    asked.incrementAndGet();
    exchange.getResponseHeaders().set("Content-Type", "application/xml");
    exchange.sendResponseHeaders(200, LIST.length);
    if (broken.getAndDecrement() <= 0) {
      exchange.getResponseBody().write(LIST);
    }
    exchange.close();
  }

  @Test
  void aListThatBreaksOffIsAskedForAgain() throws IOException {
    broken.set(2);

    assertEquals(List.of("00000000000000000000.json"), names(HadoopStorage.list(files, LOG)));
    assertEquals(3, asked.get());

    broken.set(2);
    assertEquals(List.of("00000000000000000000.json"), names(HadoopStorage.all(files, LOG)));
  }

  @Test
  void aListThatAlwaysBreaksOffFailsAsStorageDoes() {
    broken.set(1000);

    IOException failure = assertThrows(IOException.class, () -> HadoopStorage.list(files, LOG));

    assertTrue(String.valueOf(failure.getMessage()).contains("Premature end"), failure.toString());
    assertEquals(4, asked.get());
  }

  private static List<String> names(List<? extends FileStatus> found) {
    return found.stream().map(file -> file.getPath().getName()).toList();
  }
}
