package io.sluice.task;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What tells a class of failure: names of exception classes (or of a super class) anywhere in the
 * chain of causes, or a text in one of their messages. Names and not types, because clusters ship
 * forks, and because what happened in an executor comes as text.
 */
record Sign(FailureClass kind, Blame blame, Pattern name, Pattern text) {

  static Sign of(FailureClass kind, String names, String text) {
    return of(kind, Blame.UNKNOWN, names, text);
  }

  static Sign of(FailureClass kind, Blame blame, String names, String text) {
    return new Sign(
        kind,
        blame,
        Pattern.compile("\\b(" + names + ")\\b"),
        Pattern.compile(text.isEmpty() ? "(?!)" : text, Pattern.CASE_INSENSITIVE));
  }

  boolean isIn(Throwable failure) {
    for (Throwable cause : chain(failure)) {
      for (Class<?> type = cause.getClass(); type != Throwable.class; type = type.getSuperclass()) {
        if (name.matcher(type.getName()).find()) {
          return true;
        }
      }
      String message = cause.getMessage();
      if (message != null && (name.matcher(head(message)).find() || text.matcher(message).find())) {
        return true;
      }
    }
    return false;
  }

  /** Without the stack that Spark puts into its messages: it names classes that only looked on. */
  private static String head(String message) {
    int stack = message.indexOf("\n\tat ");
    return stack < 0 ? message : message.substring(0, stack);
  }

  static List<Throwable> chain(Throwable failure) {
    List<Throwable> chain = new ArrayList<>();
    for (Throwable cause = failure;
        cause != null && !chain.contains(cause);
        cause = cause.getCause()) {
      chain.add(cause);
    }
    return chain;
  }
}
