package io.sluice.laws;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * A wire to object storage on which requests are harmed at random. It carries heads as they are,
 * since the host's name is signed with them.
 */
final class HarmfulWire implements AutoCloseable {
  private static final int SLOW_MILLIS = 1500;
  private static final int TIMEOUT_SECONDS = 25;
  private static final int MOST_LATE_MILLIS = 20_000;

  private final ServerSocket ear;
  private final int port;
  private final Random random;
  private final Map<Harm, Integer> done = new EnumMap<>(Harm.class);
  private int perThousand;
  private int untilOutage = Integer.MAX_VALUE;
  private int requests;
  private int late;

  HarmfulWire(int port, Random random) throws IOException {
    this.port = port;
    this.random = random;
    this.ear = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start(this::listen);
  }

  String endpoint() {
    return "http://127.0.0.1:" + ear.getLocalPort();
  }

  /**
   * From now on.
   *
   * @param rate requests of a thousand that are harmed
   * @param outage after how many requests nothing gets through any more
   */
  synchronized void harms(int rate, int outage) {
    perThousand = rate;
    untilOutage = outage;
    requests = 0;
  }

  /** Nothing is harmed any more, and nothing of before is still on its way. */
  synchronized void isCalm() throws InterruptedException {
    harms(0, Integer.MAX_VALUE);
    while (late > 0) {
      wait();
    }
  }

  /** How many of each since it was asked last. */
  synchronized Map<Harm, Integer> takeDone() {
    Map<Harm, Integer> taken = new EnumMap<>(done);
    done.clear();
    return taken;
  }

  private synchronized Optional<Harm> next() {
    requests++;
    boolean isOut = requests > untilOutage;
    if (!isOut && random.nextInt(1000) >= perThousand) {
      return Optional.empty();
    }
    Harm harm = isOut ? (random.nextBoolean() ? Harm.SLOW_DOWN : Harm.RESET) : any();
    done.merge(harm, 1, Integer::sum);
    return Optional.of(harm);
  }

  private Harm any() {
    int left = random.nextInt(Arrays.stream(Harm.values()).mapToInt(Harm::weight).sum());
    for (Harm harm : Harm.values()) {
      left -= harm.weight();
      if (left < 0) {
        return harm;
      }
    }
    throw new IllegalStateException("Weights");
  }

  private void listen() {
    while (!ear.isClosed()) {
      try {
        Socket client = ear.accept();
        start(() -> serve(client));
      } catch (IOException e) {
        return;
      }
    }
  }

  /** One request after the other, until somebody hangs up. */
  private void serve(Socket client) {
    try (client;
        Socket server = new Socket(InetAddress.getLoopbackAddress(), port)) {
      InputStream asked = new BufferedInputStream(client.getInputStream());
      InputStream answered = new BufferedInputStream(server.getInputStream());
      while (pass(client, server, asked, answered)) {}
    } catch (IOException e) {
      // One of the two is gone.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** False where that was the last one of this connection. */
  private boolean pass(Socket client, Socket server, InputStream asked, InputStream answered)
      throws IOException, InterruptedException {
    Head request = Head.read(asked);
    if (request.isEmpty()) {
      return false;
    }
    Optional<Harm> harm = next();
    OutputStream back = client.getOutputStream();
    if (harm.equals(Optional.of(Harm.RESET))) {
      return reset(client);
    }
    if (request.waitsForContinue()) {
      back.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
      back.flush();
    }
    if (harm.equals(Optional.of(Harm.SLOW_DOWN))) {
      request.body(asked, OutputStream.nullOutputStream(), Long.MAX_VALUE);
      return refuse(back);
    }
    if (harm.equals(Optional.of(Harm.LATE))) {
      ByteArrayOutputStream sent = new ByteArrayOutputStream();
      sent.write(request.withoutContinue());
      request.body(asked, sent, Long.MAX_VALUE);
      lateOnes(1);
      start(
          () -> {
            try {
              sendLate(sent.toByteArray());
            } finally {
              lateOnes(-1);
            }
          });
      return reset(client);
    }
    OutputStream on = server.getOutputStream();
    on.write(request.withoutContinue());
    if (harm.equals(Optional.of(Harm.CUT_OFF)) && request.length() > 0) {
      request.body(asked, on, request.length() / 2);
      on.flush();
      return reset(client);
    }
    request.body(asked, on, Long.MAX_VALUE);
    on.flush();
    if (harm.equals(Optional.of(Harm.TIMEOUT))) {
      TimeUnit.SECONDS.sleep(TIMEOUT_SECONDS);
      return reset(client);
    }
    Head answer = Head.read(answered);
    if (answer.isEmpty()) {
      return false;
    }
    if (harm.equals(Optional.of(Harm.LOST_ANSWER))) {
      return reset(client);
    }
    if (harm.equals(Optional.of(Harm.SLOW))) {
      TimeUnit.MILLISECONDS.sleep(SLOW_MILLIS);
    }
    back.write(answer.bytes());
    boolean hasBody = !request.isHeadRequest() && answer.hasAnswerBody();
    if (hasBody && harm.equals(Optional.of(Harm.CUT_OFF))) {
      answer.body(answered, back, Math.max(0, answer.length() / 2));
      back.flush();
      return reset(client);
    }
    if (hasBody) {
      answer.body(answered, back, Long.MAX_VALUE);
    }
    back.flush();
    return true;
  }

  /** On a connection of its own, whoever asked for it. */
  private void sendLate(byte[] request) {
    try (Socket server = new Socket(InetAddress.getLoopbackAddress(), port)) {
      TimeUnit.MILLISECONDS.sleep(lateMillis());
      server.getOutputStream().write(request);
      server.getOutputStream().flush();
      Head.read(server.getInputStream());
    } catch (IOException e) {
      // The storage has given it up as well.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void lateOnes(int more) {
    late += more;
    notifyAll();
  }

  private synchronized long lateMillis() {
    return random.nextLong(MOST_LATE_MILLIS);
  }

  private static boolean refuse(OutputStream back) throws IOException {
    String body =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            + "<Error><Code>SlowDown</Code><Message>Please reduce your request"
            + " rate.</Message></Error>";
    back.write(
        "HTTP/1.1 503 Slow Down\r\nContent-Type: application/xml\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s"
            .formatted(body.length(), body)
            .getBytes(StandardCharsets.ISO_8859_1));
    back.flush();
    return false;
  }

  /** Hangs up in the hard way. */
  private static boolean reset(Socket client) throws IOException {
    client.setSoLinger(true, 0);
    client.close();
    return false;
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "wire");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    ear.close();
  }

  /** What comes before the body of a request or an answer. */
  private record Head(byte[] bytes, String text) {

    /** Empty where nothing comes any more. */
    static Head read(InputStream in) throws IOException {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      int end = 0;
      while (end < 4) {
        int next = in.read();
        if (next < 0) {
          if (bytes.size() == 0) {
            break;
          }
          throw new EOFException();
        }
        bytes.write(next);
        end = next == (end % 2 == 0 ? '\r' : '\n') ? end + 1 : next == '\r' ? 1 : 0;
      }
      byte[] all = bytes.toByteArray();
      return new Head(all, new String(all, StandardCharsets.ISO_8859_1));
    }

    boolean isEmpty() {
      return bytes.length == 0;
    }

    boolean isHeadRequest() {
      return text.startsWith("HEAD ");
    }

    boolean waitsForContinue() {
      return header("expect").contains("100-continue");
    }

    byte[] withoutContinue() {
      return waitsForContinue()
          ? text.replaceFirst("(?i)\r\nexpect:[^\r]*", "").getBytes(StandardCharsets.ISO_8859_1)
          : bytes;
    }

    /** Of an answer, which has one but with some codes. */
    boolean hasAnswerBody() {
      String code = text.split(" ", 3)[1];
      return !code.startsWith("1") && !code.equals("204") && !code.equals("304");
    }

    /** As it is told; 0 where it is not, -1 where it comes in chunks. */
    long length() {
      if (header("transfer-encoding").toLowerCase(Locale.ROOT).contains("chunked")) {
        return -1;
      }
      String length = header("content-length");
      return length.isEmpty() ? 0 : Long.parseLong(length);
    }

    private String header(String name) {
      return text.lines()
          .skip(1)
          .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
          .map(line -> line.substring(name.length() + 1).strip())
          .findFirst()
          .orElse("");
    }

    /**
     * Carries the body that belongs to it.
     *
     * @param most not more of it
     */
    void body(InputStream in, OutputStream out, long most) throws IOException {
      if (length() >= 0) {
        carry(in, out, Math.min(length(), most));
        return;
      }
      for (long left = most; left > 0; ) {
        String size = line(in, out);
        long chunk = Long.parseLong(size.split(";", 2)[0].strip(), 16);
        carry(in, out, Math.min(chunk, left));
        left -= chunk;
        if (left <= 0) {
          return;
        }
        String rest = line(in, out);
        while (chunk == 0 && !rest.isEmpty()) {
          rest = line(in, out);
        }
        if (chunk == 0) {
          return;
        }
      }
    }

    private static void carry(InputStream in, OutputStream out, long bytes) throws IOException {
      byte[] buffer = new byte[8192];
      for (long left = bytes; left > 0; ) {
        int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
        if (read < 0) {
          throw new EOFException();
        }
        out.write(buffer, 0, read);
        left -= read;
      }
    }

    private static String line(InputStream in, OutputStream out) throws IOException {
      StringBuilder line = new StringBuilder();
      for (int next = in.read(); next != '\n'; next = in.read()) {
        if (next < 0) {
          throw new EOFException();
        }
        out.write(next);
        if (next != '\r') {
          line.append((char) next);
        }
      }
      out.write('\n');
      return line.toString();
    }
  }
}
