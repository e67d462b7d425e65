package io.sluice.cli;

import io.sluice.lake.Lake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Looks at a project: its definitions, the lake's folder and the ledger. */
final class ProjectCheckUp {
  private ProjectCheckUp() {}

  static List<Finding> findings(SluiceCommand sluice) {
    Engine.Project project = sluice.project();
    List<Finding> findings = new ArrayList<>();
    try (Engine engine = sluice.open()) {
      Lake lake = engine.lake();
      findings.add(
          new Finding(
              "definitions",
              true,
              "%s of %s in %s"
                  .formatted(
                      PlanView.number(lake.jobs().size(), "table"),
                      lake.name(),
                      project.folder())));
      findings.add(
          new Finding(
              "time zone",
              true,
              "%s (now %s)"
                  .formatted(
                      lake.time().zone(),
                      lake.time()
                          .zone()
                          .getRules()
                          .getOffset(sluice.surroundings().clock().instant()))));
      findings.add(folder("lake's folder", lake.root()));
      findings.add(CommitCheckUp.finding(lake));
      sluice
          .surroundings()
          .log()
          .map(Path::getParent)
          .ifPresent(folder -> findings.add(folder("log's folder", String.valueOf(folder))));
      findings.addAll(Landing.findings(lake));
      findings.add(
          asked(
              "ledger",
              () -> {
                engine.ledger().runs(1);
                return Stream.concat(
                        Stream.of(withoutPassword(lake.ledger().url())), engine.warnings().stream())
                    .collect(Collectors.joining("; "));
              }));
    } catch (RuntimeException e) {
      findings.add(new Finding("definitions", false, Failures.told(e)));
    }
    return findings;
  }

  private static Finding asked(String what, Supplier<String> ask) {
    try {
      return new Finding(what, true, ask.get());
    } catch (RuntimeException e) {
      return new Finding(what, false, Failures.told(e));
    }
  }

  private static Finding folder(String what, String root) {
    if (root.contains(":") && !root.startsWith("file:")) {
      return new Finding(what, true, root + " (not tried)");
    }
    Path folder = Path.of(Landing.local(root));
    try {
      Files.createDirectories(folder);
      Files.delete(Files.createTempFile(folder, ".doctor", ""));
      return new Finding(what, true, folder + " can be written");
    } catch (IOException e) {
      return new Finding(
          what,
          false,
          folder + " can't be written; let this user write there: " + Failures.cause(e));
    }
  }

  private static String withoutPassword(String url) {
    return url.replaceAll("(?i)(password=)[^&;]*", "$1***").replaceAll("//[^@/]*@", "//***@");
  }
}
