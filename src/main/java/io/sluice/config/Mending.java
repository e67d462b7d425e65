package io.sluice.config;

import java.util.ArrayList;
import java.util.List;

/** Text with what is wrong in it told, and put right as it was meant, so that it can be read on. */
final class Mending {
  private final String text;
  private final StringBuilder mended = new StringBuilder();
  private final List<Scan.Finding> findings = new ArrayList<>();
  private int copied;

  Mending(String text) {
    this.text = text;
  }

  void find(int line, String path, String message) {
    findings.add(new Scan.Finding(line, path, message));
  }

  void replace(int from, int to, String replacement) {
    // What is in a part that is mended already is wrong twice; once is enough.
    if (from >= copied) {
      mended.append(text, copied, from).append(replacement);
      copied = to;
    }
  }

  List<Scan.Finding> findings() {
    return List.copyOf(findings);
  }

  String mended() {
    return mended + text.substring(copied);
  }
}
