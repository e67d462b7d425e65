package io.sluice.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Where Spark's own words go: below the project, or below the folder for temporary files. */
final class LogFile {
  private LogFile() {}

  /** Looks for the project among the arguments: the log must be known before anything else is. */
  static Path of(Path here, String... args) {
    Path project = here.resolve(folder(Arrays.asList(args))).normalize();
    Path base =
        Files.isDirectory(project.resolve("conf"))
            ? project.resolve(".sluice")
            : Path.of(System.getProperty("java.io.tmpdir"));
    return base.resolve("log").resolve("sluice.log");
  }

  private static String folder(List<String> args) {
    for (int i = 0; i < args.size(); i++) {
      String arg = args.get(i);
      if ((arg.equals("--project") || arg.equals("--dir")) && i + 1 < args.size()) {
        return args.get(i + 1);
      }
      if (arg.startsWith("--project=") || arg.startsWith("--dir=")) {
        return arg.substring(arg.indexOf('=') + 1);
      }
    }
    return args.contains("demo") ? SampleLake.FOLDER : "";
  }
}
