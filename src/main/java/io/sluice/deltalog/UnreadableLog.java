package io.sluice.deltalog;

import java.io.IOException;
import java.io.UncheckedIOException;

/** The log of a table can't be read; the message says of which, and why. */
public final class UnreadableLog extends UncheckedIOException {
  private static final long serialVersionUID = 1;

  UnreadableLog(String message, IOException cause) {
    super(message, cause);
  }
}
