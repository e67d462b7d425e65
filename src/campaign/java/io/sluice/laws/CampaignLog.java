package io.sluice.laws;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * All that a part did and found, a line each, and at its end what was counted. {@link
 * ReliabilityPage} reads it.
 */
final class CampaignLog implements AutoCloseable {
  private final PrintWriter out;
  private final Instant began = Clock.systemUTC().instant();
  private final Map<String, Long> counts = new LinkedHashMap<>();
  private int wrong;

  CampaignLog(Path file, String part, long seed, double hours) throws IOException {
    Files.createDirectories(file.getParent());
    this.out = new PrintWriter(Files.newBufferedWriter(file, StandardCharsets.UTF_8), true);
    fact("part", part);
    fact("seed", String.valueOf(seed));
    fact("hours", String.valueOf(hours));
    fact("began", began.truncatedTo(ChronoUnit.SECONDS).toString());
    fact("commit", CodeCommit.now());
    fact("machine", machine());
  }

  private static String machine() {
    return "%d cores, %s %s, Java %s"
        .formatted(
            Runtime.getRuntime().availableProcessors(),
            System.getProperty("os.name"),
            System.getProperty("os.arch"),
            System.getProperty("java.version"));
  }

  private void fact(String name, String value) {
    line("# %s: %s".formatted(name, value));
  }

  synchronized void say(String text, Object... values) {
    line(
        "%6d s  %s"
            .formatted(
                Duration.between(began, Clock.systemUTC().instant()).toSeconds(),
                String.format(Locale.ROOT, text, values)));
  }

  /** What should never be. */
  synchronized void wrong(String text, Object... values) {
    wrong++;
    say("WRONG: " + text, values);
  }

  /** Counts something that is told at the end, in the order in which it was first counted. */
  synchronized void count(String what, long more) {
    counts.merge(what, more, Long::sum);
  }

  synchronized int allWrong() {
    return wrong;
  }

  /** The last lines: what was counted, and that nothing is lacking. */
  synchronized void complete() {
    counts.forEach((what, count) -> line("= %s: %d".formatted(what, count)));
    line("= things wrong: " + wrong);
    line(
        "# complete after %d s"
            .formatted(Duration.between(began, Clock.systemUTC().instant()).toSeconds()));
  }

  private void line(String line) {
    out.println(line);
    System.out.println(line);
  }

  @Override
  public void close() {
    out.close();
  }
}
