package io.sluice.source.rest;

import io.sluice.lake.RestAuth;
import io.sluice.lake.RestRequest;
import io.sluice.lake.Secret;
import io.sluice.lake.SourceSpec;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

/** What only the API may know, kept out of all texts. */
final class Secrets {
  private static final String HIDDEN = "***";

  /** Longest first: one may be a part of another. */
  private final Set<String> values =
      new ConcurrentSkipListSet<>(
          Comparator.comparingInt(String::length)
              .reversed()
              .thenComparing(Comparator.naturalOrder()));

  static Secrets of(SourceSpec.Rest rest) {
    Secrets secrets = new Secrets();
    RestAuth auth = rest.auth();
    if (auth instanceof RestAuth.Bearer bearer) {
      secrets.add(bearer.token().value());
    } else if (auth instanceof RestAuth.Basic basic) {
      secrets.add(basic.password().value());
      secrets.add(Credentials.basic(basic.user(), basic.password().value()));
    } else if (auth instanceof RestAuth.ApiKey key) {
      secrets.add(key.key().value());
    } else if (auth instanceof RestAuth.ClientCredentials client) {
      secrets.add(client.secret().value());
    }
    RestRequest request = rest.request();
    request.query().forEach((name, value) -> secrets.addIfSensitive(name, value));
    request.headers().forEach((name, value) -> secrets.addIfSensitive(name, value));
    return secrets;
  }

  private void addIfSensitive(String name, Secret value) {
    addIfSensitive(name, value.value());
  }

  private void addIfSensitive(String name, String value) {
    if (RestRequest.isSensitive(name)) {
      add(value);
    }
  }

  void add(String secret) {
    addWritten(secret);
    String withoutScheme = secret.replaceFirst("^(Bearer|Basic|Token) ", "");
    addWritten(withoutScheme);
  }

  /** Also as it stands in a URL. */
  private void addWritten(String secret) {
    if (!secret.isBlank()) {
      values.add(secret);
      values.add(URLEncoder.encode(secret, StandardCharsets.UTF_8));
      values.add(Requests.encoded(secret));
    }
  }

  String hide(String text) {
    String hidden = text;
    for (String value : values) {
      hidden = hidden.replace(value, HIDDEN);
    }
    return hidden;
  }
}
