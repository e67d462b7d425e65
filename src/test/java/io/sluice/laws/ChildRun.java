package io.sluice.laws;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** {@code sluice run} in a process of its own. */
final class ChildRun implements AutoCloseable {
  private static final int LOOK = 3;

  private final Path project;
  private final Path screen;
  private final Process process;

  private ChildRun(Path project, Path screen, Process process) {
    this.project = project;
    this.screen = screen;
    this.process = process;
  }

  /** With the flags and classes of this JVM. */
  static ChildRun start(Path project) throws IOException {
    return start(project, "UTC");
  }

  /**
   * @param zone of the machine
   */
  static ChildRun start(Path project, String zone) throws IOException {
    return start(project, zone, "1g");
  }

  /**
   * @param heap as Java takes it
   */
  static ChildRun start(Path project, String zone, String heap) throws IOException {
    return start(project, zone, heap, List.of(), Map.of());
  }

  /**
   * @param environment of the process, beside this one's
   */
  static ChildRun startOn(Path project, Map<String, String> environment) throws IOException {
    return start(project, "UTC", "1g", List.of(), environment);
  }

  /** Java, with the flags of this JVM. */
  static List<String> java(String heap) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(flag -> flag.startsWith("--add-opens") || flag.startsWith("-XX:"))
        .forEach(command::add);
    command.add("-Xmx" + heap);
    return command;
  }

  /** Where Java finds what it runs. */
  static String classes() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }

  /** To which something happens, as {@code --fault} has it. */
  static ChildRun startWithFault(Path project, String fault) throws IOException {
    return start(project, "UTC", "1g", List.of("--fault", fault), Map.of());
  }

  private static ChildRun start(
      Path project, String zone, String heap, List<String> options, Map<String, String> environment)
      throws IOException {
    List<String> command = java(heap);
    command.add("-Duser.timezone=" + zone);
    command.add("-cp");
    command.add(classes());
    command.add("io.sluice.cli.Main");
    command.add("--project");
    command.add(project.toString());
    command.add("run");
    command.addAll(options);
    Path screen = Files.createTempFile(project, "screen", ".txt");
    ProcessBuilder process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(screen.toFile());
    process.environment().putAll(environment);
    return new ChildRun(project, screen, process.start());
  }

  /** Returns when it stands still. */
  void awaitStop() throws IOException, InterruptedException {
    Path state = Path.of("/proc/%d/stat".formatted(process.pid()));
    while (process.isAlive() && !Files.readString(state).contains(") T ")) {
      if (process.waitFor(LOOK, TimeUnit.MILLISECONDS)) {
        throw new AssertionError("It ended and never stood still:\n" + Files.readString(screen));
      }
    }
  }

  /** Lets it go on. */
  void goOn() throws IOException, InterruptedException {
    int done = new ProcessBuilder("kill", "-CONT", String.valueOf(process.pid())).start().waitFor();
    if (done != 0) {
      throw new AssertionError("kill -CONT says " + done);
    }
  }

  /** What was on its screen at its end. */
  List<String> screen() throws InterruptedException, IOException {
    process.waitFor();
    return Files.readAllLines(screen);
  }

  int exit() throws InterruptedException {
    return process.waitFor();
  }

  /** The most memory that it had so far, in MB; 0 where the machine does not say. */
  long peakMegabytes() throws IOException {
    Path status = Path.of("/proc/%d/status".formatted(process.pid()));
    if (!Files.exists(status)) {
      return 0;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
        .findFirst()
        .orElse(0);
  }

  /** What it has used of the machine's processors so far. */
  Duration cpu() {
    return process.toHandle().info().totalCpuDuration().orElse(Duration.ZERO);
  }

  boolean hasEndedWithin(Duration pause) throws InterruptedException {
    return process.waitFor(pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** The last line on its screen; insists that all was made. */
  String ended() throws InterruptedException, IOException {
    int exit = process.waitFor();
    List<String> lines = Files.readAllLines(screen);
    if (exit != 0) {
      throw new AssertionError("Exit " + exit + ":\n" + String.join("\n", lines));
    }
    return lines.get(lines.size() - 1);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
