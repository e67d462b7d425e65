package io.sluice.source.xml;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Namespaces that hold for an element: by prefix, values with their quotes. */
final class Namespaces {

  private static final Pattern DECLARED =
      Pattern.compile("\\sxmlns(?::([^\\s=]+))?\\s*=\\s*(\"[^\"]*\"|'[^']*')");

  private Namespaces() {}

  /** What the tag itself declares. */
  static Map<String, String> of(String tag) {
    // Most declare none, and looking for it in earnest takes time.
    if (!tag.contains("xmlns")) {
      return Map.of();
    }
    Map<String, String> found = new LinkedHashMap<>();
    Matcher matcher = DECLARED.matcher(tag);
    while (matcher.find()) {
      String prefix = matcher.group(1) == null ? "" : matcher.group(1);
      found.put(prefix, matcher.group(2));
    }
    return found;
  }

  /** What holds inside of a tag; the very same map where it declares nothing. */
  static Map<String, String> inside(String tag, Map<String, String> around) {
    Map<String, String> own = of(tag);
    if (own.isEmpty()) {
      return around;
    }
    Map<String, String> all = new LinkedHashMap<>(around);
    all.putAll(own);
    return all;
  }
}
