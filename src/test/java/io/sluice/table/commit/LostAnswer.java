package io.sluice.table.commit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** A wire to S3 on which the answer to the first conditional PUT that succeeded is lost. */
final class LostAnswer implements AutoCloseable {
  private final ServerSocket ear;
  private final int port;
  private final AtomicInteger lost = new AtomicInteger();

  LostAnswer(int port) throws IOException {
    this.port = port;
    this.ear = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start(this::listen);
  }

  String endpoint() {
    return "http://127.0.0.1:" + ear.getLocalPort();
  }

  int lost() {
    return lost.get();
  }

  private void listen() {
    while (!ear.isClosed()) {
      try {
        Socket client = ear.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), port);
        AtomicBoolean isConditional = new AtomicBoolean();
        start(() -> carry(client, server, isConditional, false));
        start(() -> carry(server, client, isConditional, true));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void carry(Socket from, Socket to, AtomicBoolean isConditional, boolean isAnswer) {
    byte[] buffer = new byte[1 << 16];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        String text =
            new String(buffer, 0, read, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
        if (!isAnswer && text.contains("if-none-match")) {
          isConditional.set(true);
        }
        if (isAnswer
            && isConditional.get()
            && text.contains("http/1.1 200")
            && lost.compareAndSet(0, 1)) {
          return;
        }
        out.write(buffer, 0, read);
      }
    } catch (IOException e) {
      // The other side is gone.
    }
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
}
