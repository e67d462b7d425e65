package io.sluice.config;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The keys of a section that somebody asked for; a key that nobody does is a mistake. */
final class AskedKeys {
  private final Set<String> read = new TreeSet<>();
  private final Set<String> toldElsewhere = new TreeSet<>();

  void read(String key) {
    read.add(key);
  }

  /** A key that may be there but is never what was meant. */
  void tellElsewhere(String key) {
    toldElsewhere.add(key);
  }

  /** What is wrong with a key that is there; empty if it was asked for. */
  Optional<String> wrong(String key) {
    return read.contains(key) || toldElsewhere.contains(key)
        ? Optional.empty()
        : Optional.of("unknown key; " + meant(key));
  }

  private String meant(String key) {
    return Spelling.nearest(key, read)
        .map(near -> Spelling.isSame(key, near) ? "write " + near : "did you mean " + near + "?")
        .orElseGet(
            () -> read.isEmpty() ? "leave it out" : "known here: " + String.join(", ", read));
  }
}
