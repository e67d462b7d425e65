package io.sluice.lake;

/** Where something is written: a file of the project, relative to it, and a line from 1. */
public record Origin(String file, int line) {
  @Override
  public String toString() {
    return file + ":" + line;
  }
}
