package io.sluice.source.nosql;

import io.sluice.lake.SourceSpec;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Connection strings of MongoDB. */
final class MongoUri {
  private MongoUri() {}

  /** With user and password in it, as the driver wants them. */
  static String of(SourceSpec.Mongo mongo) {
    String uri = mongo.uri().value();
    if (mongo.user().isEmpty() || mongo.password().isEmpty()) {
      return uri;
    }
    String credentials =
        encoded(mongo.user().get()) + ":" + encoded(mongo.password().get().value()) + "@";
    int servers = uri.indexOf("//") + 2;
    return uri.substring(0, servers) + credentials + uri.substring(servers);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** Without credentials, database and settings. */
  static String servers(String uri) {
    return uri.replaceFirst("//[^?]*@", "//").replaceFirst("(//[^/?]*)[/?].*", "$1");
  }
}
