package io.sluice.source.rest;

import io.sluice.lake.RestAuth;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Collectors;

/** Says to the API who asks. */
final class Credentials {
  private static final String AUTHORIZATION = "Authorization";

  private final RestAuth auth;
  private final Optional<Token> token;

  Credentials(RestAuth auth, Optional<Token> token) {
    this.auth = auth;
    this.token = token;
  }

  void put(HttpRequest.Builder request) throws RestFault, InterruptedException {
    if (auth instanceof RestAuth.Bearer bearer) {
      request.setHeader(AUTHORIZATION, "Bearer " + bearer.token().value());
    } else if (auth instanceof RestAuth.Basic basic) {
      request.setHeader(AUTHORIZATION, basic(basic.user(), basic.password().value()));
    } else if (auth instanceof RestAuth.ApiKey key && key.inHeader()) {
      request.setHeader(key.name(), key.key().value());
    } else if (token.isPresent()) {
      request.setHeader(AUTHORIZATION, "Bearer " + token.get().value());
    }
  }

  static String basic(String user, String password) {
    byte[] both = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(both);
  }

  /** Whether there may be other credentials than those that the API did not take. */
  boolean renew() {
    token.ifPresent(Token::forget);
    return token.isPresent();
  }

  /** The URL as it is sent. */
  URI signed(URI uri) {
    if (auth instanceof RestAuth.ApiKey key && !key.inHeader()) {
      URI plain = unsigned(uri);
      String own = Requests.encoded(key.name()) + "=" + Requests.encoded(key.key().value());
      return withQuery(plain, plain.getRawQuery() == null ? own : plain.getRawQuery() + "&" + own);
    }
    return uri;
  }

  /** The URL without the key, which an API may have put into a link. */
  URI unsigned(URI uri) {
    if (auth instanceof RestAuth.ApiKey key && !key.inHeader() && uri.getRawQuery() != null) {
      String own = Requests.encoded(key.name()) + "=";
      return withQuery(
          uri,
          Arrays.stream(uri.getRawQuery().split("&"))
              .filter(parameter -> !parameter.startsWith(own))
              .collect(Collectors.joining("&")));
    }
    return uri;
  }

  private static URI withQuery(URI uri, String query) {
    String plain = uri.toString().replaceFirst("[?#].*", "");
    return URI.create(query.isEmpty() ? plain : plain + "?" + query);
  }
}
