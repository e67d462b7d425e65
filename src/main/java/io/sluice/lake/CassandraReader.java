package io.sluice.lake;

import io.sluice.config.Section;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads a source of type {@code cassandra}. */
final class CassandraReader {
  private static final int PORT = 9042;
  private static final Set<String> LEVELS =
      Set.of("ONE", "TWO", "THREE", "QUORUM", "ALL", "LOCAL_ONE", "LOCAL_QUORUM", "EACH_QUORUM");

  private CassandraReader() {}

  static SourceSpec.Cassandra read(Section section) {
    section.need("hosts", "hosts = [cassandra1.internal, cassandra2.internal]");
    List<String> hosts = section.texts("hosts");
    for (String host : hosts) {
      if (!host.matches("[A-Za-z0-9.:_-]+") || host.matches("[^:]*:\\d+")) {
        section.wrong(
            "hosts",
            "'%s' is not the name of a host; write hosts = [cassandra1.internal], port = 9042"
                .formatted(host));
      }
    }
    if (section.has("user") != section.has("password")) {
      section.wrong(
          section.has("user") ? "user" : "password",
          "one is of no use without the other; write user = ${SHOP_USER}, password = ${SHOP_PASSWORD}");
    }
    if (section.has("reread") && !section.has("by")) {
      section.wrong("reread", "the whole table is read each time; leave it out, or write by = …");
    }
    return new SourceSpec.Cassandra(
        hosts,
        section.integer("port", 1).orElse(PORT),
        section.text("local-dc"),
        section.text("user"),
        section.text("password").map(Secret::new),
        section.needText("keyspace", "keyspace = shop"),
        section.needText("table", "table = orders"),
        section.text("by"),
        consistency(section),
        section.flag("ssl").orElse(false));
  }

  private static Optional<String> consistency(Section section) {
    return section
        .text("consistency")
        .filter(
            level -> {
              boolean isLevel = LEVELS.contains(level);
              if (!isLevel) {
                section.wrong(
                    "consistency",
                    "'%s' is not known; write LOCAL_ONE, LOCAL_QUORUM, QUORUM or ALL"
                        .formatted(level));
              }
              return isLevel;
            });
  }
}
