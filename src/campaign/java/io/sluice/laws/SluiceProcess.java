package io.sluice.laws;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A command of Sluice's in a process of its own, started as a user starts it. */
final class SluiceProcess implements AutoCloseable {
  /** As a shell tells it of a killed process. */
  static final int KILLED = 137;

  private final Process process;
  private final Path screen;

  private SluiceProcess(Process process, Path screen) {
    this.process = process;
    this.screen = screen;
  }

  static SluiceProcess start(Path project, List<String> words) throws IOException {
    List<String> command = new ArrayList<>(List.of("./sluice", "--project", project.toString()));
    command.addAll(words);
    Path screen = Files.createTempFile("sluice-screen", ".txt");
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("SLUICE_HEAP", "700m");
    return new SluiceProcess(builder.redirectOutput(screen.toFile()).start(), screen);
  }

  boolean endsWithin(long millis) throws InterruptedException {
    return process.waitFor(millis, TimeUnit.MILLISECONDS);
  }

  /** Its exit code; one that does not end in five minutes is killed and told as -1. */
  int exit() throws InterruptedException {
    if (!process.waitFor(5, TimeUnit.MINUTES)) {
      kill();
      return -1;
    }
    return process.exitValue();
  }

  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start().waitFor();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  String screen() throws IOException {
    return Files.readString(screen);
  }

  String lastLine() throws IOException {
    return screen().lines().reduce("", (before, line) -> line.isBlank() ? before : line);
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    Files.deleteIfExists(screen);
  }
}
