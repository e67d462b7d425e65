package io.sluice.testing;

import java.io.IOException;
import java.util.Arrays;

/** A server in a JVM of its own, which ends when the one that started it does. */
public final class ServerChild {
  private ServerChild() {}

  /**
   * @param args the server's main class, and its arguments
   */
  public static void main(String[] args) throws ReflectiveOperationException {
    Thread watch =
        new Thread(
            () -> {
              try {
                while (System.in.read() >= 0) {}
              } catch (IOException e) {
                // As good as its end.
              }
              Runtime.getRuntime().halt(0);
            });
    watch.setDaemon(true);
    watch.start();
    Class.forName(args[0])
        .getMethod("main", String[].class)
        .invoke(null, (Object) Arrays.copyOfRange(args, 1, args.length));
  }
}
