package io.sluice.source.jdbc;

import io.sluice.lake.Secret;
import io.sluice.lake.SourceSpec;

/** Texts about a database without what only the database may know. */
final class Scrubbed {
  private Scrubbed() {}

  /** The URL without user, password and parameters. */
  static String url(String url) {
    // Files have no users, and their names may have anything.
    String plain =
        url.matches("jdbc:(h2|sqlite):.*")
            ? url
            : url.replaceFirst("^(jdbc:[\\w:]*:)?(//)?[^?;]*@(//)?", "$1//");
    int end = plain.length();
    for (char c : new char[] {'?', ';'}) {
      int at = plain.indexOf(c);
      end = at < 0 ? end : Math.min(end, at);
    }
    return plain.substring(0, end);
  }

  static String text(String text, SourceSpec.Jdbc jdbc) {
    String scrubbed = text.replace(jdbc.url(), url(jdbc.url()));
    String secret = jdbc.password().map(Secret::value).orElse("");
    scrubbed = secret.isEmpty() ? scrubbed : scrubbed.replace(secret, "***");
    return scrubbed.replaceAll("(?i)(password|pwd|token)=[^&;\\s]*", "$1=***");
  }
}
