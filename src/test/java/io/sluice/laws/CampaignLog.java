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
import java.util.function.Consumer;

/**
 * All that a part did and found, a line each, and at its end what was counted. {@link
 * ReliabilityPage} reads it.
 */
final class CampaignLog implements AutoCloseable {
  /** How the last line of a whole one begins. */
  static final String COMPLETE = "# complete after ";

  private final PrintWriter out;
  private final Consumer<String> screen;
  private final Instant began = Clock.systemUTC().instant();
  private final Map<String, Long> counts = new LinkedHashMap<>();
  private int wrong;

  /**
   * @param screen where each line is told as well
   */
  CampaignLog(Path file, String part, long seed, double hours, Consumer<String> screen)
      throws IOException {
    Files.createDirectories(file.getParent());
    this.screen = screen;
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

  synchronized long counted(String what) {
    return counts.getOrDefault(what, 0L);
  }

  synchronized int allWrong() {
    return wrong;
  }

  /** The last lines: what was counted, and that nothing is lacking. */
  synchronized void complete() {
    counts.forEach((what, count) -> line("= %s: %d".formatted(what, count)));
    line("= things wrong: " + wrong);
    line(COMPLETE + Duration.between(began, Clock.systemUTC().instant()).toSeconds() + " s");
  }

  private void line(String line) {
    out.println(line);
    screen.accept(line);
  }

  @Override
  public void close() {
    out.close();
  }
}
