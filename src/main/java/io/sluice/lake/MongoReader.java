package io.sluice.lake;

import io.sluice.config.Section;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads a source of type {@code mongodb}. */
final class MongoReader {
  private static final int SAMPLE = 1_000;
  private static final Pattern PATH =
      Pattern.compile("[^.$\"\\\\\\p{Cntrl}]+(\\.[^.$\"\\\\\\p{Cntrl}]+)*");
  private static final Pattern WITH_USER = Pattern.compile("mongodb(\\+srv)?://[^/]*@.*");

  private MongoReader() {}

  static SourceSpec.Mongo read(Section section) {
    String uri = section.needText("uri", "uri = \"mongodb://shop.internal:27017\"");
    // The value may hold a password: it is not shown.
    if (!uri.isEmpty() && !uri.matches("mongodb(\\+srv)?://.+")) {
      section.wrong(
          "uri", "does not begin with mongodb://; write \"mongodb://shop.internal:27017\"");
    }
    if (section.has("user") != section.has("password")) {
      section.wrong(
          section.has("user") ? "user" : "password",
          "one is of no use without the other; write user = ${SHOP_USER}, password = ${SHOP_PASSWORD}");
    }
    if (section.has("user") && WITH_USER.matcher(uri).matches()) {
      section.wrong("user", "the uri names a user too; keep one");
    }
    if (section.has("reread") && !section.has("by")) {
      section.wrong(
          "reread", "the whole collection is read each time; leave it out, or write by = …");
    }
    return new SourceSpec.Mongo(
        new Secret(uri),
        section.text("user"),
        section.text("password").map(Secret::new),
        section.needText("database", "database = shop"),
        section.needText("collection", "collection = orders"),
        by(section),
        section.integer("partitions", 1).orElse(1),
        section.integer("sample", 1).orElse(SAMPLE));
  }

  private static Optional<String> by(Section section) {
    return section
        .text("by")
        .filter(
            path -> {
              boolean isPath = PATH.matcher(path).matches();
              if (!isPath) {
                section.wrong(
                    "by",
                    "'%s' is not the path of a field; write by = updated_at, or by = \"meta.updated_at\""
                        .formatted(path));
              }
              return isPath;
            });
  }
}
