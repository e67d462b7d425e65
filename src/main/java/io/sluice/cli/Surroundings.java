package io.sluice.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/**
 * What a command has around it.
 *
 * @param out for what was asked for, and nothing else
 * @param err for all that is said on the way
 * @param terminal whether a person watches {@code err}
 * @param here the folder that relative paths start from
 * @param home the folder of the clone that the launcher stands in; empty on a cluster
 * @param log where Spark's own words go; empty where the cluster decides
 */
record Surroundings(
    PrintWriter out,
    PrintWriter err,
    boolean terminal,
    Clock clock,
    Path here,
    Optional<Path> home,
    Optional<Path> log,
    Engine.Opener opener) {

  /** A folder as it was typed: a relative one is below the one we are in. */
  Path folder(String typed) {
    return here.resolve(typed).toAbsolutePath().normalize();
  }
}
