package io.sluice.source.files;

import org.jspecify.annotations.Nullable;

/** A file that can't be read, known by its item. */
final class ItemException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String item;
  private final boolean passing;

  ItemException(String item, String message, boolean passing, @Nullable Throwable cause) {
    super(message, cause);
    this.item = item;
    this.passing = passing;
  }

  String item() {
    return item;
  }

  boolean isPassing() {
    return passing;
  }
}
