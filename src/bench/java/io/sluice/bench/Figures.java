package io.sluice.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The timings of one program, round by round. */
final class Figures {
  private final List<Timing> timings = new ArrayList<>();

  void add(Timing timing) {
    timings.add(timing);
  }

  /** Median, in seconds. */
  double cpu() {
    return at(Timing::cpu, 0.5);
  }

  private double at(ToDoubleFunction<Timing> figure, double share) {
    double[] sorted = timings.stream().mapToDouble(figure).sorted().toArray();
    return sorted[(int) Math.round(share * (sorted.length - 1))];
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "CPU %6.2f s (%.2f .. %.2f)   wall %6.2f s (%.2f .. %.2f)",
        cpu(),
        at(Timing::cpu, 0),
        at(Timing::cpu, 1),
        at(Timing::wall, 0.5),
        at(Timing::wall, 0),
        at(Timing::wall, 1));
  }
}
