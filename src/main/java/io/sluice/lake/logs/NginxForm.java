package io.sluice.lake.logs;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads nginx's {@code log_format} (https://nginx.org/en/docs/http/ngx_http_log_module.html). */
final class NginxForm {

  private static final Pattern VARIABLE = Pattern.compile("\\$(?:(\\w+)|\\{(\\w+)})");

  /** What nginx calls by a name of its own. */
  private static final Map<String, String> NAMES =
      Map.ofEntries(
          Map.entry("remote_addr", "client"),
          Map.entry("remote_user", "user"),
          Map.entry("request_method", "method"),
          Map.entry("uri", "path"),
          Map.entry("document_uri", "path"),
          Map.entry("args", "query"),
          Map.entry("query_string", "query"),
          Map.entry("server_protocol", "protocol"),
          Map.entry("http_referer", "referer"),
          Map.entry("http_user_agent", "agent"));

  private NginxForm() {}

  /**
   * @throws IllegalArgumentException where two values can't be told from each other
   */
  static LogForm parse(String format) {
    LogForm.Builder form = new LogForm.Builder();
    Matcher variables = VARIABLE.matcher(format);
    int at = 0;
    while (variables.find()) {
      form.literal(format.substring(at, variables.start()));
      at = variables.end();
      String name = variables.group(1) == null ? variables.group(2) : variables.group(1);
      value(form, name);
    }
    form.literal(format.substring(at));
    return form.build();
  }

  private static void value(LogForm.Builder form, String name) {
    switch (name) {
      case "time_local" -> form.value(name, LogItem.COMMON_TIME);
      case "time_iso8601" -> form.value(name, LogItem.ISO_TIME);
      case "msec" -> form.value(name, LogItem.EPOCH_TIME);
      case "request" -> form.value(name, LogItem.REQUEST);
      case "request_uri" -> form.value(name, LogItem.TARGET);
      case "status" -> form.value(name, LogItem.STATUS);
      case "body_bytes_sent" -> form.value(name, LogItem.BYTES);
      default -> form.text(name, NAMES.getOrDefault(name, name));
    }
  }
}
