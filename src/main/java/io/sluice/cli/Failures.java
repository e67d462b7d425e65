package io.sluice.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.apache.logging.log4j.LogManager;

/** Says in a line what a person needs of an exception; the rest goes to the log. */
final class Failures {
  private Failures() {}

  /** Whether the message is all that there is to say. */
  static boolean isOfTheUser(Exception e) {
    return e instanceof UserException;
  }

  /** What a person is told, whoever is to blame. */
  static String told(Exception e) {
    return isOfTheUser(e) ? String.valueOf(e.getMessage()) : cause(e);
  }

  /** The innermost message that says something, with the kind of exception that carried it. */
  static String cause(Throwable e) {
    Throwable told = e;
    while (told.getCause() != null && told.getCause() != told) {
      told = told.getCause();
    }
    String message = told.getMessage();
    return message == null || message.isBlank()
        ? told.getClass().getSimpleName()
        : "%s (%s)"
            .formatted(message.lines().findFirst().orElse(""), told.getClass().getSimpleName());
  }

  static Optional<String> log(Throwable e, Optional<Path> file) {
    LogManager.getLogger("io.sluice").error("The command failed", e);
    return file.map(Path::toString);
  }
}
