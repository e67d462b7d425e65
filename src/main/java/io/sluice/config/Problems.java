package io.sluice.config;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** Collects what is wrong, so that a person hears of all of it at once. */
public final class Problems {
  private final SortedSet<Problem> found = new TreeSet<>();

  public void add(Place place, String path, String message) {
    found.add(new Problem(place.file(), place.line(), path, message));
  }

  public boolean isEmpty() {
    return found.isEmpty();
  }

  /** By file and line, each once. */
  public List<Problem> list() {
    return List.copyOf(found);
  }

  public void throwIfAny() {
    if (!isEmpty()) {
      throw new DefinitionException(list());
    }
  }
}
