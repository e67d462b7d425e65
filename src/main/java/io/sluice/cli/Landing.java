package io.sluice.cli;

import io.sluice.lake.Job;
import io.sluice.lake.Lake;
import io.sluice.lake.Making;
import io.sluice.lake.SourceSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Looks for the folders that files are received in, where they lie on this machine. */
final class Landing {
  private Landing() {}

  static List<Finding> findings(Lake lake) {
    List<Finding> findings = new ArrayList<>();
    for (Job job : lake.jobs().values()) {
      if (job.making() instanceof Making.FromSource from) {
        Set<String> folders = new TreeSet<>();
        for (SourceSpec source : from.sources()) {
          if (source.kind() instanceof SourceSpec.Landed landed) {
            folders.add(folder(landed.landing().path()));
          }
        }
        folders.forEach(folder -> findings.add(finding(job, folder)));
      }
    }
    return findings;
  }

  private static Finding finding(Job job, String folder) {
    String what = "files of " + job.name();
    if (folder.contains(":")) {
      return new Finding(what, true, folder + " (not tried)");
    }
    Path path = Path.of(folder);
    boolean good = Files.isDirectory(path) && Files.isReadable(path);
    return new Finding(
        what,
        good,
        good
            ? folder
            : folder
                + (Files.exists(path)
                    ? " can't be read; let this user read it"
                    : " is not there; make it, or correct source.path in " + job.origin().file()));
  }

  /** Without {@code file:}; what follows may hold blanks, which a URI may not. */
  static String local(String path) {
    return path.startsWith("file:") ? path.replaceFirst("^file:/*", "/") : path;
  }

  /** The folders of a path before the first that has a date or a wildcard in its name. */
  private static String folder(String path) {
    String local = local(path);
    int end = local.length();
    for (char pattern : new char[] {'{', '*', '?'}) {
      int at = local.indexOf(pattern);
      end = at < 0 ? end : Math.min(end, at);
    }
    return local.substring(0, Math.max(1, local.lastIndexOf('/', end - 1)));
  }
}
