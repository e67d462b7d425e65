package io.sluice.cli;

/** The exit codes that commands know themselves; a run says its own. */
final class Exit {
  static final int OK = 0;
  static final int FAILED = 1;
  static final int USAGE = 2;
  static final int QUALITY = 5;

  private Exit() {}
}
