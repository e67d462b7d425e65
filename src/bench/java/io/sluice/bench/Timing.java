package io.sluice.bench;

/** CPU and wall seconds of one process. */
record Timing(double cpu, double wall) {

  /** {@code user system real}, in seconds. */
  static Timing parse(String text) {
    String[] parts = text.split(" ");
    return new Timing(
        Double.parseDouble(parts[0]) + Double.parseDouble(parts[1]), Double.parseDouble(parts[2]));
  }
}
