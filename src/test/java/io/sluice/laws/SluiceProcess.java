package io.sluice.laws;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A command of Sluice's in a process of its own: started as a user starts it where {@code
 * -Dcampaign.launcher} names the program, else with the classes of this JVM.
 */
final class SluiceProcess implements AutoCloseable {
  /** As a shell tells it of a killed process. */
  static final int KILLED = 137;

  /** Of one that did not come to an end. */
  static final int ENDLESS = -1;

  private static final int PATIENCE_MINUTES = 30;
  private static final int LOOK = 20;
  private static final String HEAP = "700m";
  private static final String LAUNCHER = System.getProperty("campaign.launcher", "");

  private final String command;
  private final Process process;
  private final Path out;
  private final Path err;

  private SluiceProcess(String command, Process process, Path out, Path err) {
    this.command = command;
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /** Whether they are started as a user starts them. */
  static boolean isLaunched() {
    return !LAUNCHER.isEmpty();
  }

  static SluiceProcess start(CampaignLake lake, List<String> words) throws IOException {
    List<String> javaOptions = new ArrayList<>(lake.javaOptions());
    // The launcher takes the long way for backfills, which are short here.
    javaOptions.add("-XX:TieredStopAtLevel=1");
    List<String> command = new ArrayList<>();
    if (isLaunched()) {
      command.add(LAUNCHER);
    } else {
      command.addAll(ChildRun.java(HEAP));
      command.addAll(javaOptions);
      command.addAll(List.of("-cp", ChildRun.classes(), "io.sluice.cli.Main"));
    }
    command.addAll(List.of("--project", lake.folder().toString()));
    command.addAll(words);
    Path out = Files.createTempFile("sluice-out", ".txt");
    Path err = Files.createTempFile("sluice-err", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().put("SLUICE_HEAP", HEAP);
    builder.environment().put("SLUICE_JAVA_OPTS", String.join(" ", javaOptions));
    return new SluiceProcess(String.join(" ", words), builder.start(), out, err);
  }

  /** What was typed. */
  String command() {
    return command;
  }

  boolean endsWithin(long millis) throws InterruptedException {
    return process.waitFor(millis, TimeUnit.MILLISECONDS);
  }

  /** Its exit code; {@link #ENDLESS} of one that does not end, and is killed. */
  int exit() throws InterruptedException {
    if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
      kill();
      return ENDLESS;
    }
    return process.exitValue();
  }

  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Stops it where it stands. */
  void pause() throws IOException, InterruptedException {
    signal("STOP");
  }

  /** Lets it go on. */
  void goOn() throws IOException, InterruptedException {
    signal("CONT");
  }

  private void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start().waitFor();
  }

  /** True when it stands still; false where it has ended before, or does neither. */
  boolean awaitsToGoOn() throws IOException, InterruptedException {
    Path state = Path.of("/proc/%d/stat".formatted(process.pid()));
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(PATIENCE_MINUTES);
    while (process.isAlive() && System.nanoTime() < end) {
      if (isStopped(state)) {
        return true;
      }
      process.waitFor(LOOK, TimeUnit.MILLISECONDS);
    }
    return false;
  }

  private static boolean isStopped(Path state) {
    try {
      return Files.readString(state).contains(") T ");
    } catch (IOException e) {
      // It has just ended.
      return false;
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** All that it said. */
  String screen() throws IOException {
    return Files.readString(err) + Files.readString(out);
  }

  /** How it went, in one line: its last word, or why it could not have one. */
  String lastLine() throws IOException {
    return Files.readString(out)
        .lines()
        .filter(line -> !line.isBlank())
        .reduce((before, line) -> line)
        .orElse(why(Files.readString(err)));
  }

  private static String why(String said) {
    return said.lines().filter(line -> line.startsWith("sluice: ")).findFirst().orElse("");
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    Files.deleteIfExists(out);
    Files.deleteIfExists(err);
  }
}
