package io.sluice.lake;

import io.sluice.config.Section;
import io.sluice.time.Cadence;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Reads a source of type {@code rest}. */
final class RestReader {
  private static final Map<String, Boolean> METHODS =
      new TreeMap<>(Map.of("get", false, "post", true));
  private static final Set<String> NOT_OURS =
      Set.of("connection", "content-length", "expect", "host", "upgrade");
  private static final Pattern HEADER = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

  private RestReader() {}

  static SourceSpec.Rest read(Section section, Cadence every) {
    RestRequest request = request(section);
    if (request.isByInterval() && every == Cadence.NONE) {
      section.wrong("with every = none there is no interval to ask for; leave {from} and {to} out");
    }
    if (section.has("reread") && !request.isByInterval()) {
      section.wrong(
          "reread", "all is asked for each time; leave it out, or write {from} into the query");
    }
    return new SourceSpec.Rest(
        request,
        RestAuthReader.read(section),
        path(section, "records"),
        RestPagingReader.read(section, request),
        new RestLimits(
            rate(section),
            section.duration("timeout", "30s").orElse(Duration.ofSeconds(30)),
            section.duration("reuse", "1h").orElse(Duration.ofHours(1)),
            section.integer("most-pages", 1).orElse(10_000)));
  }

  private static RestRequest request(Section section) {
    String url = url(section, "url");
    Map<String, String> query = section.map("query");
    query.forEach(
        (name, text) ->
            IntervalText.faultOfBraces(text)
                .ifPresent(fault -> section.wrong("query", name + ": " + fault)));
    boolean isPost = section.choice("method", METHODS).orElse(false);
    Optional<String> body = section.text("body");
    body.flatMap(IntervalText::fault).ifPresent(fault -> section.wrong("body", fault));
    if (body.isPresent() && !isPost) {
      section.wrong("body", "it is only sent with method = post");
    }
    return new RestRequest(url, isPost, query, headers(section), body);
  }

  private static Optional<Double> rate(Section section) {
    Optional<Double> rate = section.decimal("rate", 0);
    if (rate.filter(aSecond -> aSecond == 0).isPresent()) {
      section.wrong("rate", "with 0 nothing is ever asked; write rate = 5, or leave it out");
    }
    return rate;
  }

  private static Map<String, Secret> headers(Section section) {
    Map<String, Secret> headers = new LinkedHashMap<>();
    section
        .map("headers")
        .forEach(
            (name, value) -> {
              if (!HEADER.matcher(name).matches()
                  || NOT_OURS.contains(name.toLowerCase(Locale.ROOT))) {
                section.wrong("headers", name + " can't be set; leave it out");
              } else {
                headers.put(name, new Secret(value));
              }
            });
    return headers;
  }

  /** The values may hold secrets: they are not shown. */
  static String url(Section section, String key) {
    String url = section.needText(key, key + " = \"https://api.shop.example/v2/orders\"");
    if (url.isEmpty()) {
      return url;
    }
    Optional<String> fault =
        IntervalText.faultOfBraces(url).or(() -> fault(url.replaceAll("\\{[^{}]*}", "0")));
    fault.ifPresent(wrong -> section.wrong(key, wrong));
    return url;
  }

  private static Optional<String> fault(String url) {
    URI uri;
    try {
      uri = new URI(url);
    } catch (URISyntaxException e) {
      return Optional.of("is no URL; write \"https://api.shop.example/v2/orders\"");
    }
    if (!Set.of("http", "https").contains(String.valueOf(uri.getScheme()))
        || uri.getHost() == null) {
      return Optional.of("is no URL of the web; write \"https://api.shop.example/v2/orders\"");
    }
    if (uri.getRawUserInfo() != null) {
      return Optional.of(
          "holds a password; write auth { type = basic, user = …, password = ${SHOP_PASSWORD} }");
    }
    if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
      return Optional.of("goes on after the path; write what follows as query { status = all }");
    }
    return Optional.empty();
  }

  /** Names parted by dots, or a list of names; empty where the key is not there. */
  static List<String> path(Section section, String key) {
    if (!section.isText(key)) {
      return section.texts(key);
    }
    List<String> names = List.of(section.text(key).orElse("").split("\\.", -1));
    if (names.contains("") && section.text(key).isPresent()) {
      section.wrong(key, "has a name without letters; write %s = \"meta.next\"".formatted(key));
    }
    return names;
  }
}
