package io.sluice.source.weblog;

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
   * @param zone of times that say none
   * @throws IllegalArgumentException where two values can't be told from each other
   */
  static LogForm parse(String format, LogColumns columns, String zone) {
    LogForm.Builder form = new LogForm.Builder();
    Matcher variables = VARIABLE.matcher(format);
    int at = 0;
    while (variables.find()) {
      form.literal(format.substring(at, variables.start()));
      at = variables.end();
      String name = variables.group(1) == null ? variables.group(2) : variables.group(1);
      form.value(name, value(name, columns, zone));
    }
    form.literal(format.substring(at));
    return form.build();
  }

  private static LogValue value(String name, LogColumns columns, String zone) {
    return switch (name) {
      case "time_local" -> LogValue.time(columns.add("time"), LogTime.COMMON);
      case "time_iso8601" -> LogValue.time(columns.add("time"), new LogTime.Iso(zone));
      case "msec" -> LogValue.time(columns.add("time"), new LogTime.Epoch());
      case "request" -> ApacheForm.request(columns);
      case "request_uri" -> LogValue.target(columns.add("path"), columns.add("query"));
      case "status" -> LogValue.number(columns.add("status"), "status", true);
      case "body_bytes_sent" -> LogValue.number(columns.add("bytes"), "bytes", false);
      default -> LogValue.text(columns.add(NAMES.getOrDefault(name, name)));
    };
  }
}
