package io.sluice.lake;

import io.sluice.config.Document;
import io.sluice.config.Place;
import io.sluice.config.Problems;
import io.sluice.config.Section;
import io.sluice.config.Spelling;
import io.sluice.time.LakeTime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads {@code conf/lake.conf}, and over it the file of the environment. */
final class LakeConfReader {
  private static final String BASE = "conf/lake.conf";
  private static final int PARALLEL = 4;

  private final Path project;
  private final ProjectPaths paths;
  private final Map<String, String> variables;
  private final Problems problems;

  LakeConfReader(Path project, Map<String, String> variables, Problems problems) {
    this.project = project;
    this.paths = new ProjectPaths(project);
    this.variables = variables;
    this.problems = problems;
  }

  LakeConf read(Optional<String> environment) {
    Section section = section(environment);
    NotYet.refuse(section, List.of("web", "notify", "notices", "schedule"));
    section.refuse("care", "it is of tables; write it as defaults { care { … } }");
    LakeConf conf =
        new LakeConf(
            section.text("name").orElse(String.valueOf(project.getFileName())),
            paths.uri(section.text("root").orElse("lake")),
            new LakeTime(zone(section)),
            ledger(section),
            section.integer("parallel", 1).orElse(PARALLEL),
            section.map("spark"),
            defaults(section));
    section.finish();
    return conf;
  }

  private Section section(Optional<String> environment) {
    String base =
        text(
            BASE,
            "there is no such file; write one with name = …, or name the project's folder with --project");
    if (environment.isEmpty()) {
      return Document.read(BASE, 1, base, variables, problems);
    }
    String over = "conf/" + environment.get() + ".conf";
    String known =
        Spelling.nearest(environment.get(), environments())
            .map(near -> "did you mean --env %s?".formatted(near))
            .orElse("write the file, or leave out --env");
    String overText = text(over, "there is no such file; " + known);
    return Document.read(BASE, base, over, overText, variables, problems);
  }

  private String text(String file, String missing) {
    Path path = project.resolve(file);
    if (!Files.isRegularFile(path)) {
      problems.add(new Place(file, 1), "", missing);
      return "";
    }
    try {
      return Files.readString(path);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + path, e);
    }
  }

  private List<String> environments() {
    if (!Files.isDirectory(project.resolve("conf"))) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(project.resolve("conf"))) {
      return files
          .map(path -> path.getFileName().toString())
          .filter(file -> file.endsWith(".conf") && !file.equals("lake.conf"))
          .map(file -> file.substring(0, file.length() - 5))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot list the folder conf of " + project, e);
    }
  }

  private static ZoneId zone(Section section) {
    return section
        .text("time-zone")
        .map(
            text -> {
              try {
                return ZoneId.of(text);
              } catch (DateTimeException e) {
                section.wrong(
                    "time-zone",
                    "'%s' is not a time zone; write %s"
                        .formatted(
                            text,
                            Spelling.nearest(text, ZoneId.getAvailableZoneIds())
                                .orElse("one like Europe/Berlin")));
                return ZoneOffset.UTC;
              }
            })
        .orElse(ZoneOffset.UTC);
  }

  private LedgerSpec ledger(Section section) {
    Optional<Section> ledger = section.section("ledger");
    String url = ledger.flatMap(l -> l.text("url")).orElse("jdbc:sqlite:.sluice/ledger.db");
    if (url.startsWith("jdbc:sqlite:")) {
      url = "jdbc:sqlite:" + paths.absolute(url.substring("jdbc:sqlite:".length()));
    } else if (!url.startsWith("jdbc:postgresql:")) {
      ledger.ifPresent(
          l ->
              l.wrong(
                  "url",
                  "the ledger is in SQLite or PostgreSQL; write \"jdbc:sqlite:…\" or \"jdbc:postgresql:…\""));
    }
    return new LedgerSpec(
        url,
        ledger.flatMap(l -> l.text("user")),
        ledger.flatMap(l -> l.text("password")).map(Secret::new));
  }

  private static LakeConf.Defaults defaults(Section section) {
    Optional<Section> block = section.section("defaults");
    if (block.isEmpty()) {
      return new LakeConf.Defaults(
          new ScheduleReader.Draft(
              Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()),
          Optional.empty(),
          EffortReader.Draft.NOTHING);
    }
    return new LakeConf.Defaults(
        ScheduleReader.read(block.get()),
        block.get().percent("limit"),
        EffortReader.read(block.get()));
  }
}
