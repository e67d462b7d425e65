package io.sluice.laws;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** All that a campaign did and found, a line each; what was found wrong is counted. */
final class CampaignLog implements AutoCloseable {
  private final PrintWriter out;
  private final Instant began = Clock.systemUTC().instant();
  private int wrong;

  CampaignLog(Path file) throws IOException {
    this.out = new PrintWriter(Files.newBufferedWriter(file, StandardCharsets.UTF_8), true);
  }

  synchronized void say(String text, Object... values) {
    String line =
        "%6d s  %s"
            .formatted(
                Duration.between(began, Clock.systemUTC().instant()).toSeconds(),
                String.format(Locale.ROOT, text, values));
    out.println(line);
    System.out.println(line);
  }

  /** What should never be. */
  synchronized void wrong(String text, Object... values) {
    wrong++;
    say("WRONG: " + text, values);
  }

  synchronized int allWrong() {
    return wrong;
  }

  @Override
  public void close() {
    out.close();
  }
}
