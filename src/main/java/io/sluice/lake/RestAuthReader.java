package io.sluice.lake;

import io.sluice.config.Section;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** Reads {@code auth} of a source of type {@code rest}. */
final class RestAuthReader {
  private static final RestAuth NONE = new RestAuth.None();
  private static final Map<String, Function<Section, RestAuth>> TYPES = types();
  private static final Map<String, Boolean> PLACES =
      new TreeMap<>(Map.of("header", false, "body", true));

  private RestAuthReader() {}

  static RestAuth read(Section source) {
    return source.section("auth").map(RestAuthReader::one).orElse(NONE);
  }

  private static RestAuth one(Section auth) {
    auth.need("type", "type = bearer");
    Optional<Function<Section, RestAuth>> type =
        auth.choice("type", TYPES, Map.of("oauth2", "client-credentials", "apikey", "api-key"));
    if (type.isEmpty()) {
      // What belongs to a type that is not known is not judged.
      auth.keys().forEach(auth::skip);
    }
    return type.map(known -> known.apply(auth)).orElse(NONE);
  }

  private static Map<String, Function<Section, RestAuth>> types() {
    Map<String, Function<Section, RestAuth>> types = new LinkedHashMap<>();
    types.put("bearer", auth -> new RestAuth.Bearer(secret(auth, "token")));
    types.put(
        "basic",
        auth ->
            new RestAuth.Basic(
                auth.needText("user", "user = ${SHOP_USER}"), secret(auth, "password")));
    types.put("api-key", RestAuthReader::apiKey);
    types.put("client-credentials", RestAuthReader::clientCredentials);
    return types;
  }

  private static RestAuth apiKey(Section auth) {
    Optional<String> header = auth.text("header");
    Optional<String> parameter = auth.text("parameter");
    if (auth.has("header") == auth.has("parameter")) {
      auth.wrong(
          auth.has("header")
              ? "the key is sent once; keep header or parameter"
              : "it is not said where the key is sent; write header = X-Api-Key, or parameter = api_key");
    }
    return new RestAuth.ApiKey(
        header.isPresent(), header.or(() -> parameter).orElse(""), secret(auth, "key"));
  }

  private static RestAuth clientCredentials(Section auth) {
    return new RestAuth.ClientCredentials(
        RestReader.url(auth, "token-url"),
        auth.needText("id", "id = ${SHOP_CLIENT}"),
        secret(auth, "secret"),
        auth.text("scope"),
        auth.choice("in", PLACES).orElse(false));
  }

  private static Secret secret(Section auth, String key) {
    return new Secret(auth.needText(key, key + " = ${SHOP_SECRET}"));
  }
}
