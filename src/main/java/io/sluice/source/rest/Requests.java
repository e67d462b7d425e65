package io.sluice.source.rest;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.sluice.lake.IntervalText;
import io.sluice.lake.RestPaging;
import io.sluice.lake.RestRequest;
import io.sluice.lake.SourceSpec;
import io.sluice.time.Cadence;
import io.sluice.time.Interval;
import io.sluice.time.LakeTime;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What is asked for a page of an interval, without credentials. */
record Requests(SourceSpec.Rest rest, Cadence every, LakeTime time) {

  /** One page's request. */
  record Page(URI uri, Optional<String> body) {}

  Page of(Interval interval, Step step) {
    Map<String, String> query = query(interval);
    Optional<String> body = rest.request().body().map(text -> filled(text, interval));
    RestPaging paging = rest.paging();
    if (paging instanceof RestPaging.Numbered number) {
      Map<String, String> own = new LinkedHashMap<>();
      own.put(number.parameter(), step.at());
      number
          .sizeParameter()
          .ifPresent(name -> own.put(name, String.valueOf(number.size().orElseThrow())));
      body = put(own, number.inBody(), true, query, body);
    } else if (paging instanceof RestPaging.Cursor cursor && !step.at().isEmpty()) {
      body = put(Map.of(cursor.parameter(), step.at()), cursor.inBody(), false, query, body);
    } else if (!step.at().isEmpty()) {
      return new Page(URI.create(step.at()), body);
    }
    return new Page(uri(interval, query), body);
  }

  private static Optional<String> put(
      Map<String, String> parameters,
      boolean inBody,
      boolean areNumbers,
      Map<String, String> query,
      Optional<String> body) {
    if (!inBody) {
      query.putAll(parameters);
      return body;
    }
    String fields =
        parameters.entrySet().stream()
            .map(field -> quoted(field.getKey()) + ":" + value(field.getValue(), areNumbers))
            .collect(Collectors.joining(","));
    // Before the closing brace, so that of a field that is there already ours is the last.
    return body.map(
        text -> {
          String open = text.strip().replaceFirst("}$", "").stripTrailing();
          return open + (open.equals("{") ? "" : ",") + fields + "}";
        });
  }

  private static String value(String text, boolean isNumber) {
    return isNumber ? text : quoted(text);
  }

  private static String quoted(String text) {
    return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
  }

  private URI uri(Interval interval, Map<String, String> query) {
    String url = filled(rest.request().url(), interval).replace(" ", "%20");
    try {
      return URI.create(query.isEmpty() ? url : url + "?" + written(query));
    } catch (IllegalArgumentException e) {
      // It would show the query, and what is in it.
      throw new IllegalArgumentException("%s is no URL; correct source.url".formatted(url));
    }
  }

  /** What an interval is asked for, as a person may see it: without pages and secrets. */
  String shown(Interval interval) {
    Map<String, String> query = query(interval);
    query.replaceAll((name, value) -> RestRequest.isSensitive(name) ? "***" : value);
    return Secrets.of(rest).hide(uri(interval, query).toString());
  }

  private Map<String, String> query(Interval interval) {
    Map<String, String> query = new LinkedHashMap<>();
    rest.request().query().forEach((name, text) -> query.put(name, filled(text, interval)));
    return query;
  }

  private String filled(String text, Interval interval) {
    return interval.isAlways() ? text : IntervalText.fill(text, interval, every, time);
  }

  /** Sums up what decides an interval's pages: those of another request are of no use. */
  String fingerprint(Interval interval) {
    String paging =
        rest.paging() instanceof RestPaging.Numbered number
            ? number.parameter() + number.first() + number.size() + number.countsRecords()
            : rest.paging().toString();
    RestRequest request = rest.request();
    StringBuilder facts = new StringBuilder();
    facts.append(shown(interval)).append('\n').append(request.isPost()).append('\n');
    facts.append(interval).append('\n').append(rest.records()).append('\n').append(paging);
    request.body().map(text -> filled(text, interval)).ifPresent(facts::append);
    request.headers().entrySet().stream()
        .filter(header -> !RestRequest.isSensitive(header.getKey()))
        .forEach(header -> facts.append(header.getKey()).append(header.getValue().value()));
    return PageScan.sha256(facts.toString().getBytes(StandardCharsets.UTF_8)).substring(0, 16);
  }

  static String written(Map<String, String> query) {
    return query.entrySet().stream()
        .map(parameter -> encoded(parameter.getKey()) + "=" + encoded(parameter.getValue()))
        .collect(Collectors.joining("&"));
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
