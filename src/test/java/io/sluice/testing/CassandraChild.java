package io.sluice.testing;

import java.io.IOException;

/** Cassandra in a JVM of its own, which ends when the one that started it does. */
public final class CassandraChild {
  private CassandraChild() {}

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
    Class.forName("org.apache.cassandra.service.CassandraDaemon")
        .getMethod("main", String[].class)
        .invoke(null, (Object) new String[0]);
  }
}
