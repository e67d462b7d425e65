package io.sluice.cli;

import io.sluice.lake.Lake;
import io.sluice.task.SparkHost;
import io.sluice.testing.TestSpark;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/** Types commands into the real application, on the Spark session that all tests share. */
public final class Shell {
  private final Path project;
  private final Clock clock;

  public Shell(Path project, Clock clock) {
    this.project = project;
    this.clock = clock;
  }

  /** What came back. */
  public record Said(int exit, String out, String err) {
    public String lastLine() {
      return out.lines().reduce("", (before, line) -> line);
    }
  }

  public Said type(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exit = type(new PrintWriter(out), new PrintWriter(err), args);
    return new Said(exit, out.toString(), err.toString());
  }

  /** Types a command whose answer is for the person who started this process. */
  public int show(String... args) {
    return type(new PrintWriter(System.out, true), new PrintWriter(System.err, true), args);
  }

  private int type(PrintWriter out, PrintWriter err, String... args) {
    return Main.execute(
        new Surroundings(
            out,
            err,
            false,
            clock,
            project,
            Optional.empty(),
            Optional.empty(),
            folder -> Opening.open(folder, clock, () -> SHARED)),
        args);
  }

  public Engine open() {
    return Opening.open(
        new Engine.Project(project.toString(), Optional.empty()), clock, () -> SHARED);
  }

  /** An engine that fails as soon as anything asks for Spark. */
  public Engine openWithoutSpark() {
    return Opening.open(
        new Engine.Project(project.toString(), Optional.empty()),
        clock,
        () -> {
          throw new AssertionError("Spark was asked for");
        });
  }

  /** Makes a project of the sample that lies in the clone. */
  public static void sample(Path folder) {
    try {
      new SampleLake(Path.of("")).setUp(folder, said -> {});
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static final SparkHost SHARED =
      new SparkHost() {
        @Override
        public SparkSession open(Lake lake) {
          return TestSpark.session();
        }

        @Override
        public void close(SparkSession spark) {
          // Other tests go on with it.
        }
      };
}
