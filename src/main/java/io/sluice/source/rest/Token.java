package io.sluice.source.rest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.sluice.lake.RestAuth;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** A token of OAuth 2.0 that is asked for when there is none, or it is about to end. */
final class Token {
  private static final Duration LIFE = Duration.ofMinutes(5);
  private static final Duration EARLY = Duration.ofSeconds(30);

  private final RestAuth.ClientCredentials client;
  private final Http http;
  private final Clock clock;
  private final Secrets secrets;
  private String value = "";
  private Instant end = Instant.MIN;

  Token(RestAuth.ClientCredentials client, Http http, Clock clock, Secrets secrets) {
    this.client = client;
    this.http = http;
    this.clock = clock;
    this.secrets = secrets;
  }

  synchronized void forget() {
    end = Instant.MIN;
  }

  synchronized String value() throws RestFault, InterruptedException {
    if (!clock.instant().isBefore(end)) {
      Answer answer = http.send(request());
      if (answer.status() != 200) {
        RestFault refused = Refusal.of(answer, clock.instant(), false);
        String said = "no token from %s: %s".formatted(client.tokenUrl(), refused.message());
        throw refused.isPassing() ? refused.saying(said) : RestFault.ofAll(said);
      }
      read(answer);
    }
    return value;
  }

  private HttpRequest request() {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(client.tokenUrl()));
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "client_credentials");
    client.scope().ifPresent(scope -> form.put("scope", scope));
    if (client.inBody()) {
      form.put("client_id", client.id());
      form.put("client_secret", client.secret().value());
    } else {
      // Both are encoded as in a form before they are put together.
      request.setHeader(
          "Authorization",
          Credentials.basic(
              URLEncoder.encode(client.id(), StandardCharsets.UTF_8),
              URLEncoder.encode(client.secret().value(), StandardCharsets.UTF_8)));
    }
    return request
        .setHeader("Content-Type", "application/x-www-form-urlencoded")
        .setHeader("Accept", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(Requests.written(form)))
        .build();
  }

  private void read(Answer answer) throws RestFault {
    String token = "";
    Duration life = LIFE;
    try (JsonParser json = JsonPages.open(answer.body())) {
      json.nextToken();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.getCurrentName();
        json.nextToken();
        if (name.equals("access_token")) {
          token = json.getText();
        } else if (name.equals("expires_in")) {
          life = Duration.ofSeconds(json.getValueAsLong(LIFE.toSeconds()));
        }
        json.skipChildren();
      }
    } catch (IOException e) {
      // Told below; what came may hold half a token and is not shown.
      token = "";
    }
    if (token.isEmpty()) {
      throw RestFault.ofAll(
          "no token from %s: the answer has no access_token".formatted(client.tokenUrl()));
    }
    secrets.add(token);
    value = token;
    end = clock.instant().plus(life).minus(EARLY);
  }
}
