package io.sluice.lake.logs;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads Apache's {@code LogFormat}
 * (https://httpd.apache.org/docs/2.4/mod/mod_log_config.html#formats).
 */
final class ApacheForm {

  /** A percent sign, conditions on the status that do not matter here, an argument, a letter. */
  private static final Pattern DIRECTIVE =
      Pattern.compile("%(?:!?[\\d,]+)?[<>]?(?:\\{([^}]*)})?(\\^[A-Za-z]{2}|[A-Za-z%])");

  private static final Map<String, String> TEXTS =
      Map.ofEntries(
          Map.entry("h", "client"),
          Map.entry("a", "client"),
          Map.entry("l", "ident"),
          Map.entry("u", "user"),
          Map.entry("m", "method"),
          Map.entry("q", "query"),
          Map.entry("H", "protocol"),
          Map.entry("v", "server"),
          Map.entry("V", "server"),
          Map.entry("A", "server_address"),
          Map.entry("p", "port"),
          Map.entry("D", "duration_micros"),
          Map.entry("T", "duration_seconds"),
          Map.entry("I", "bytes_received"),
          Map.entry("O", "bytes_sent"),
          Map.entry("S", "bytes_both"),
          Map.entry("f", "file"),
          Map.entry("k", "keepalives"),
          Map.entry("L", "log_id"),
          Map.entry("P", "process"),
          Map.entry("R", "handler"),
          Map.entry("X", "connection"));

  private ApacheForm() {}

  /**
   * @throws IllegalArgumentException where a directive is not known
   */
  static LogForm parse(String format) {
    LogForm.Builder form = new LogForm.Builder();
    // As it stands in httpd.conf, where quotes are escaped.
    String text = format.replace("\\\"", "\"").replace("\\t", "\t");
    Matcher directives = DIRECTIVE.matcher(text);
    int at = 0;
    while (directives.find()) {
      form.literal(text.substring(at, directives.start()));
      at = directives.end();
      directive(form, directives);
    }
    String rest = text.substring(at);
    if (rest.contains("%")) {
      throw new IllegalArgumentException(
          "'%s' is not a directive of Apache's; write %%%% for a percent sign".formatted(rest));
    }
    form.literal(rest);
    return form.build();
  }

  private static void directive(LogForm.Builder form, Matcher directive) {
    String argument = directive.group(1) == null ? "" : directive.group(1);
    String letter = directive.group(2);
    switch (letter) {
      case "%" -> form.literal("%");
      case "t" -> time(form, argument);
      case "r" -> form.value("request", LogItem.REQUEST);
      case "s" -> form.value("status", LogItem.STATUS);
      case "b" -> form.value("bytes", LogItem.BYTES_OR_HYPHEN);
      case "B" -> form.value("bytes", LogItem.BYTES);
      case "U" -> form.text("path", "path");
      case "i", "o", "C", "e", "n" -> {
        String name = header(letter, argument);
        form.text(name, name);
      }
      default -> {
        String name = TEXTS.get(letter);
        if (name == null) {
          throw new IllegalArgumentException(
              "'%s' is not a directive that is known here; leave it out, here and in the server's configuration"
                  .formatted(directive.group()));
        }
        form.text(name, name);
      }
    }
  }

  private static void time(LogForm.Builder form, String argument) {
    if (argument.isEmpty()) {
      form.literal("[");
      form.value("time", LogItem.COMMON_TIME);
      form.literal("]");
    } else if (Strftime.isEpoch(argument)) {
      form.value("time", LogItem.EPOCH_TIME);
    } else {
      form.value("time", LogItem.WRITTEN_TIME, Strftime.pattern(argument), argument);
    }
  }

  private static String header(String letter, String argument) {
    String name = argument.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_");
    if (name.isEmpty()) {
      throw new IllegalArgumentException("%" + letter + " needs a name: %{Referer}" + letter);
    }
    if (letter.equals("i") && name.equals("user_agent")) {
      return "agent";
    }
    return name;
  }
}
