package io.sluice.lake;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What an API is asked for an interval; texts as {@link IntervalText} has them.
 *
 * @param url without a query
 * @param query parameters, in the order in which they are written
 * @param headers any of them may be a secret
 */
public record RestRequest(
    String url,
    boolean isPost,
    Map<String, String> query,
    Map<String, Secret> headers,
    Optional<String> body) {

  private static final Pattern SENSITIVE =
      Pattern.compile(
          "(?i).*(token|secret|password|passwd|pwd|signature|cookie|authorization|(api|access)[-_.]?key)"
              + "|(.*[-_.])?(key|auth|sig|session)");

  public RestRequest {
    query = Collections.unmodifiableMap(new LinkedHashMap<>(query));
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
  }

  /** Whether the interval is asked for; without it the API tells what there is now. */
  public boolean isByInterval() {
    return Stream.of(Stream.of(url), query.values().stream(), body.stream())
        .flatMap(texts -> texts)
        .anyMatch(IntervalText::isIn);
  }

  /** Whether a parameter or header of this name will hold what nobody else may know. */
  public static boolean isSensitive(String name) {
    return SENSITIVE.matcher(name).matches();
  }
}
