package io.sluice.bench;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * Starts the programs by hand as {@code ./sluice} starts Sluice: its options are asked of it, and a
 * class-data archive is made for them in the same way.
 */
final class Launcher {
  private static final String LOGGING = "sluice-log4j2.properties";

  private final Path project;
  private final Path jar;
  private final Path archive;

  Launcher(Path project, Path work) {
    this.project = project;
    this.jar = work.resolve("hand-written.jar");
    this.archive = work.resolve("hand-written.jsa");
  }

  /** The command that is Sluice with these arguments. */
  List<String> sluice(List<String> arguments) {
    return concat(List.of(project.resolve("sluice").toString()), arguments);
  }

  /** As somebody would start a Spark program: Java's own defaults, and what Spark must have. */
  List<String> plain(Class<?> main, List<String> arguments) throws IOException {
    List<String> needed =
        options(List.of("run")).stream().filter(option -> option.contains("add-opens")).toList();
    return java(needed, main, arguments);
  }

  /** With the options and the archive that {@code ./sluice} would have for these words. */
  List<String> lean(List<String> words, Class<?> main, List<String> arguments) throws IOException {
    List<String> options = new ArrayList<>(options(words));
    if (Files.exists(archive)) {
      options.addAll(List.of("-XX:SharedArchiveFile=" + archive, "-Xshare:auto"));
    }
    return java(options, main, arguments);
  }

  /** With the options that Spark must have, and all classes of this process. */
  List<String> here(Class<?> main, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + "/bin/java");
    options(List.of("run")).stream()
        .filter(option -> option.contains("add-opens"))
        .forEach(command::add);
    command.addAll(
        List.of("-Xmx3g", "-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(arguments);
    return command;
  }

  /** The command that ends by writing the archive. */
  List<String> training(Class<?> main, List<String> arguments) throws IOException {
    List<String> options =
        concat(options(List.of("run")), List.of("-XX:ArchiveClassesAtExit=" + archive));
    return java(options, main, arguments);
  }

  private List<String> java(List<String> options, Class<?> main, List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + "/bin/java");
    command.addAll(options);
    command.addAll(List.of("-cp", classPath(), main.getName()));
    command.addAll(arguments);
    return command;
  }

  /** An archive needs jars only, so the bench's own classes go into one. */
  void pack() throws IOException {
    Files.deleteIfExists(archive);
    Path classes = project.resolve("target/test-classes");
    List<Path> packed;
    try (Stream<Path> files = Files.list(classes.resolve("io/sluice/bench"))) {
      packed = files.filter(Files::isRegularFile).sorted().toList();
    }
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      for (Path file : packed) {
        add(out, classes.relativize(file).toString(), file);
      }
      add(out, LOGGING, project.resolve("target/classes").resolve(LOGGING));
    }
  }

  private static void add(JarOutputStream out, String name, Path file) throws IOException {
    out.putNextEntry(new JarEntry(name));
    Files.copy(file, out);
    out.closeEntry();
  }

  private String classPath() throws IOException {
    return String.join(
        File.pathSeparator,
        jar.toString(),
        Files.readString(project.resolve("target/class-path/compile")).strip(),
        Files.readString(project.resolve("target/class-path/runtime")).strip());
  }

  /** Those that hold for any program: not the ones that only Sluice knows. */
  private List<String> options(List<String> words) throws IOException {
    ProcessBuilder asking = new ProcessBuilder(sluice(words));
    asking.environment().put("SLUICE_SHOW_JAVA", "1");
    Process process = asking.redirectErrorStream(true).start();
    String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    List<String> lines = answer.lines().toList();
    int home = lines.indexOf("-cp");
    if (home < 0) {
      throw new IOException("The launcher does not show its options: " + answer);
    }
    return lines.subList(1, home).stream()
        .filter(option -> !option.startsWith("-Dsluice.") && !option.contains("haredArchiveFile"))
        .toList();
  }

  private static List<String> concat(List<String> first, List<String> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }
}
