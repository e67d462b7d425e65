package io.sluice.cli;

/** A mistake of the person who typed the command; its message says what to type instead. */
final class UserException extends RuntimeException {
  private static final long serialVersionUID = 1;

  UserException(String message) {
    super(message);
  }
}
