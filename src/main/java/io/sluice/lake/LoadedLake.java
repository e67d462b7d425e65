package io.sluice.lake;

import io.sluice.config.Problem;
import java.util.List;

/**
 * A lake, and what its writer should know of it.
 *
 * @param hints nothing is wrong, but something could be simpler
 */
public record LoadedLake(Lake lake, List<Problem> hints) {
  public LoadedLake {
    hints = List.copyOf(hints);
  }
}
