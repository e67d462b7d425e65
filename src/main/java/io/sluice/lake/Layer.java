package io.sluice.lake;

import java.util.Locale;
import java.util.Optional;

/** A stage of the data's path; a job reads its own rank and lower ones, never a higher one. */
public enum Layer {
  RAW(0),
  ANALYSIS(1),
  FEATURE(2),
  AGGREGATE(2),
  WAREHOUSE(3);

  private final int rank;

  Layer(int rank) {
    this.rank = rank;
  }

  public boolean mayRead(Layer other) {
    return other.rank <= rank;
  }

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Layer> of(String word) {
    for (Layer layer : values()) {
      if (layer.word().equals(word)) {
        return Optional.of(layer);
      }
    }
    return Optional.empty();
  }
}
