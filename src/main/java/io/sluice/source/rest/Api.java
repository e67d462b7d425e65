package io.sluice.source.rest;

import io.sluice.lake.IntervalText;
import io.sluice.lake.RestAuth;
import io.sluice.lake.RestRequest;
import io.sluice.lake.SourceSpec;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Asks an API for single pages: with credentials, no faster than it may be asked. */
final class Api {
  private static final int MOST_REDIRECTS = 5;
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

  private final RestRequest request;
  private final Http http;
  private final Credentials credentials;
  private final Optional<Rate> rate;
  private final Clock clock;
  private final Sleeper sleeper;

  Api(SourceSpec.Rest rest, Secrets secrets, Clock clock, Sleeper sleeper) {
    this.request = rest.request();
    this.http = new Http(rest.limits().timeout(), secrets);
    this.credentials =
        new Credentials(
            rest.auth(),
            rest.auth() instanceof RestAuth.ClientCredentials client
                ? Optional.of(new Token(client, http, clock, secrets))
                : Optional.empty());
    this.rate =
        rest.limits().rate().map(aSecond -> Rate.shared(origin(URI.create(plain())), aSecond));
    this.clock = clock;
    this.sleeper = sleeper;
  }

  private String plain() {
    return request.url().replaceAll("\\{[^{}]*}", "0");
  }

  /**
   * A good answer; empty where there is no such page, and there need not be one.
   *
   * @throws RestFault where another came, or none
   */
  Optional<Answer> ask(Requests.Page page, boolean mayBeMissing)
      throws RestFault, InterruptedException {
    Answer answer = follow(page);
    if (answer.status() == 401 && credentials.renew()) {
      answer = follow(page);
    }
    if (answer.status() == 404 && mayBeMissing) {
      return Optional.empty();
    }
    if (answer.status() / 100 != 2) {
      throw Refusal.of(answer, clock.instant(), IntervalText.isIn(request.url()));
    }
    if (!answer.header("Content-Encoding").matches("|identity")) {
      throw RestFault.ofInterval(
          "the answer is packed (%s), which was not asked for"
              .formatted(answer.header("Content-Encoding")));
    }
    return Optional.of(answer);
  }

  private Answer follow(Requests.Page page) throws RestFault, InterruptedException {
    URI at = page.uri();
    for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
      Answer answer = once(at, page);
      // A body is not sent to where nobody said it should go.
      boolean mayFollow = !request.isPost() || answer.status() >= 307;
      if (!REDIRECTS.contains(answer.status()) || !mayFollow) {
        return answer;
      }
      at = sameHost(at, answer.header("Location"));
    }
    throw RestFault.ofAll(
        "it sends from one URL to the next, more than %d times".formatted(MOST_REDIRECTS));
  }

  private Answer once(URI uri, Requests.Page page) throws RestFault, InterruptedException {
    if (rate.isPresent()) {
      rate.get().await(sleeper);
    }
    try {
      return http.send(request(uri, page));
    } catch (IllegalArgumentException e) {
      // It says what, which may be a secret.
      throw RestFault.ofAll(
          "a header has a character that can't be sent; look at source.headers and source.auth");
    }
  }

  private HttpRequest request(URI uri, Requests.Page page) throws RestFault, InterruptedException {
    HttpRequest.Builder filled = HttpRequest.newBuilder(credentials.signed(uri));
    filled.setHeader("Accept", "application/json");
    page.body()
        .filter(body -> request.isPost())
        .ifPresent(body -> filled.setHeader("Content-Type", "application/json"));
    request.headers().forEach((name, value) -> filled.setHeader(name, value.value()));
    credentials.put(filled);
    if (request.isPost()) {
      filled.POST(HttpRequest.BodyPublishers.ofString(page.body().orElse("")));
    }
    return filled.build();
  }

  /**
   * Where a link of an answer leads, without credentials.
   *
   * @throws RestFault where it leads to another host, which must not be told them
   */
  URI sameHost(URI from, String link) throws RestFault {
    URI to;
    try {
      to = credentials.unsigned(resolved(from, link.replace(" ", "%20")));
    } catch (IllegalArgumentException e) {
      throw RestFault.ofInterval("it names a next URL that is none");
    }
    if (!origin(to).equals(origin(from))) {
      throw RestFault.ofAll(
          "it leads to %s, which is not told what %s may know; if that is right, correct source.url"
              .formatted(origin(to), origin(from)));
    }
    return to;
  }

  /** As browsers do it; Java takes the last name away before a query. */
  private static URI resolved(URI from, String link) {
    return link.startsWith("?") ? from.resolve(from.getRawPath() + link) : from.resolve(link);
  }

  private static String origin(URI uri) {
    String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
    int port = uri.getPort() >= 0 ? uri.getPort() : scheme.equals("https") ? 443 : 80;
    return "%s://%s:%d"
        .formatted(scheme, String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT), port);
  }
}
