package io.sluice.source.rest;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the header {@code Link}: RFC 8288. */
final class NextLink {
  private static final Pattern LINK =
      Pattern.compile(
          "<([^>]*)>((?:\\s*;\\s*[^=;,\\s]+\\s*(?:=\\s*(?:\"[^\"]*\"|[^\\s;,\"]+))?)*)");
  private static final Pattern PARAMETER =
      Pattern.compile(";\\s*([^=;,\\s]+)\\s*(?:=\\s*(?:\"([^\"]*)\"|([^\\s;,\"]+)))?");

  private NextLink() {}

  /** The URL that is named next, as it is written there. */
  static Optional<String> of(List<String> headers) {
    for (String header : headers) {
      Matcher links = LINK.matcher(header);
      while (links.find()) {
        if (isNext(links.group(2))) {
          return Optional.of(links.group(1).strip());
        }
      }
    }
    return Optional.empty();
  }

  /** The first one counts, and may name several relations. */
  private static boolean isNext(String parameters) {
    Matcher parameter = PARAMETER.matcher(parameters);
    while (parameter.find()) {
      if (parameter.group(1).equalsIgnoreCase("rel")) {
        String relations = parameter.group(2) == null ? parameter.group(3) : parameter.group(2);
        return relations != null
            && Arrays.stream(relations.strip().split("\\s+")).anyMatch("next"::equalsIgnoreCase);
      }
    }
    return false;
  }
}
