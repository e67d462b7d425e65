package io.sluice.cli;

/**
 * The composition root: puts loader, ledger, planner, driver and Spark together behind an engine.
 */
final class Opening {
  private Opening() {}

  static Engine open(Engine.Project project) {
    throw new UserException("this build can't open " + project.folder() + " yet");
  }
}
