package io.sluice.source.rest;

import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;

/** What a server answered. */
record Answer(int status, HttpHeaders headers, byte[] body) {
  /** So much of a body is shown to people. */
  static final int SHOWN = 200;

  String beginning() {
    String text =
        new String(body, 0, Math.min(body.length, SHOWN), StandardCharsets.UTF_8)
            .replaceAll("\\s+", " ")
            .strip();
    return text.isEmpty() ? "without a word" : text;
  }

  String header(String name) {
    return headers.firstValue(name).orElse("");
  }
}
