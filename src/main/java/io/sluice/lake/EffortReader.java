package io.sluice.lake;

import io.sluice.config.Section;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reads how hard a job is tried. */
final class EffortReader {
  private EffortReader() {}

  /** What a definition says itself; the rest comes from the lake's defaults. */
  record Draft(
      Optional<Integer> batch,
      Optional<Integer> attempts,
      Optional<Duration> delay,
      Optional<Double> factor,
      Optional<Duration> maxDelay,
      Optional<Duration> timeout,
      Map<String, String> spark,
      CareReader.Draft care) {
    static final Draft NOTHING =
        new Draft(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Map.of(),
            CareReader.Draft.NOTHING);

    RetrySpec retry(Draft defaults) {
      RetrySpec base = RetrySpec.DEFAULT;
      return new RetrySpec(
          attempts.or(defaults::attempts).orElse(base.attempts()),
          delay.or(defaults::delay).orElse(base.delay()),
          factor.or(defaults::factor).orElse(base.factor()),
          maxDelay.or(defaults::maxDelay).orElse(base.maxDelay()));
    }

    Map<String, String> spark(Draft defaults) {
      Map<String, String> merged = new LinkedHashMap<>(defaults.spark());
      merged.putAll(spark);
      return merged;
    }
  }

  static Draft read(Section section) {
    Optional<Section> retry = section.section("retry");
    return new Draft(
        section.integer("batch", 1),
        retry.flatMap(r -> r.integer("attempts", 1)),
        retry.flatMap(r -> r.duration("delay", "5s")),
        retry.flatMap(r -> r.decimal("factor", 1)),
        retry.flatMap(r -> r.duration("max-delay", "10m")),
        section.duration("timeout", "2h"),
        section.map("spark"),
        CareReader.read(section));
  }
}
