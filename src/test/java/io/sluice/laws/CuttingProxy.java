package io.sluice.laws;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicReference;

/** A wire to a server on this machine, on which something happens after so many bytes. */
final class CuttingProxy implements AutoCloseable {
  private final ServerSocket ear;
  private final int port;
  private final AtomicReference<Fate> next = new AtomicReference<>();

  /** What happens once, to the connection that first brings more than so many bytes. */
  record Fate(long afterBytes, boolean isCut, Runnable deed) {}

  CuttingProxy(int port) throws IOException {
    this.port = port;
    this.ear = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start(this::listen);
  }

  int port() {
    return ear.getLocalPort();
  }

  void cutsAfter(long bytes) {
    next.set(new Fate(bytes, true, () -> {}));
  }

  void doesAfter(long bytes, Runnable deed) {
    next.set(new Fate(bytes, false, deed));
  }

  boolean hasHappened() {
    return next.get() == null;
  }

  private void listen() {
    while (!ear.isClosed()) {
      try {
        Socket client = ear.accept();
        connect(client);
      } catch (IOException e) {
        return;
      }
    }
  }

  /** Hangs up where the server is not there. */
  private void connect(Socket client) throws IOException {
    try {
      Socket server = new Socket(InetAddress.getLoopbackAddress(), port);
      start(() -> carry(client, server, false));
      start(() -> carry(server, client, true));
    } catch (IOException e) {
      client.close();
    }
  }

  private void carry(Socket from, Socket to, boolean isAnswer) {
    byte[] buffer = new byte[8192];
    long carried = 0;
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        carried += read;
        Fate fate = next.get();
        if (isAnswer
            && fate != null
            && carried > fate.afterBytes()
            && next.compareAndSet(fate, null)) {
          fate.deed().run();
          if (fate.isCut()) {
            return;
          }
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
