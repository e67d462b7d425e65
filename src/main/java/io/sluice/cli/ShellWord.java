package io.sluice.cli;

import java.util.regex.Pattern;

/** What a shell takes for one word, to be shown in a command that can be copied. */
final class ShellWord {
  private static final Pattern PLAIN = Pattern.compile("[\\w./@%+,:-][\\w./@%+,:~-]*");

  private ShellWord() {}

  /** In single quotes where it has to be (POSIX shell, 2.2.2). */
  static String of(Object text) {
    String word = text.toString();
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
