package io.sluice.laws;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Which code this is. */
final class CodeCommit {
  private CodeCommit() {}

  /** Of git, with a word where files differ from it; the logs of campaigns do not count. */
  static String now() throws IOException {
    String changed = said("git", "status", "--porcelain", "--", ".", ":!docs");
    return said("git", "rev-parse", "--short=12", "HEAD")
        + (changed.isEmpty() ? "" : " and changes");
  }

  private static String said(String... command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (var out = process.getInputStream()) {
      return new String(out.readAllBytes(), StandardCharsets.UTF_8).strip();
    }
  }
}
