package io.sluice.source.landing;

import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Names of files that are not meant. */
record Excluded(List<Pattern> patterns) implements Predicate<String> {

  Excluded {
    patterns = List.copyOf(patterns);
  }

  /**
   * @param names {@code *} and {@code ?} as in a shell
   */
  static Excluded of(List<String> names) {
    return new Excluded(names.stream().map(name -> Pattern.compile(regex(name))).toList());
  }

  @Override
  public boolean test(String name) {
    return patterns.stream().anyMatch(pattern -> pattern.matcher(name).matches());
  }

  private static String regex(String name) {
    return Pattern.quote(name).replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q");
  }
}
