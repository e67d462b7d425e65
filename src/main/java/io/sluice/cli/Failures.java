package io.sluice.cli;

import io.sluice.api.SourceException;
import io.sluice.config.DefinitionException;
import io.sluice.deltalog.UnreadableLog;
import io.sluice.ledger.LedgerException;
import io.sluice.survey.UnknownTableException;
import io.sluice.task.Advice;
import io.sluice.task.TaskFailure;
import io.sluice.transform.TransformException;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.logging.log4j.LogManager;

/** Says in a line what a person needs of an exception; the rest goes to the log. */
final class Failures {
  private Failures() {}

  /** Whether a command or a definition is to be corrected; the message says all. */
  static boolean isOfTheUser(Exception e) {
    return e instanceof UserException
        || e instanceof DefinitionException
        || e.getCause() instanceof TransformException
        || e instanceof TaskFailure failure && failure.concernsColumns();
  }

  /** Whether the message says what is wrong and what to do, whoever is to blame. */
  private static boolean speaksForItself(Throwable e) {
    return e instanceof UserException
        || e instanceof DefinitionException
        || e instanceof LedgerException
        || e instanceof SourceException
        || e instanceof TaskFailure;
  }

  /** What a person is told, whoever is to blame: one line, but of definitions a line a problem. */
  static String told(Exception e) {
    for (Throwable told = e; told != null; told = told.getCause()) {
      if (speaksForItself(told)) {
        return String.valueOf(told.getMessage());
      }
      if (told instanceof UnknownTableException || told instanceof UnreadableLog) {
        return told.getMessage() + Advice.on(told);
      }
    }
    return cause(e);
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
