package io.sluice.cli;

import io.sluice.testing.SettableClock;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A person's screen: types commands, keeps what came back. */
final class Console {
  final FakeEngine engine = new FakeEngine();
  final List<Engine.Project> opened = new ArrayList<>();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final Path here;
  private final Path home;

  Console() {
    this(Path.of("/here"), Path.of(""));
  }

  Console(Path here, Path home) {
    this.here = here;
    this.home = home;
  }

  int type(String... args) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    return Main.execute(
        new Surroundings(
            new PrintWriter(out),
            new PrintWriter(err),
            false,
            new SettableClock(Instant.parse("2011-01-06T12:00:00Z")),
            here,
            Optional.of(home),
            Optional.of(Path.of("/log/sluice.log")),
            project -> {
              opened.add(project);
              return engine;
            }),
        args);
  }

  String out() {
    return out.toString();
  }

  String err() {
    return err.toString();
  }
}
