package io.sluice.lake;

import io.sluice.config.Document;
import io.sluice.config.Place;
import io.sluice.config.Problems;
import io.sluice.config.Section;
import io.sluice.config.SqlComment;
import io.sluice.sql.SqlProblem;
import io.sluice.time.Cadence;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads the file of one job. */
final class JobReader {
  private static final Map<String, Drift> DRIFTS =
      new TreeMap<>(Map.of("evolve", Drift.EVOLVE, "rescue", Drift.RESCUE, "freeze", Drift.FREEZE));
  private static final List<String> LATER = List.of("web", "notify", "notices", "ready", "publish");

  private final LakeConf.Defaults defaults;
  private final Map<String, String> variables;
  private final SqlParsing parsing;
  private final Problems problems;
  private final MakingReader makings;
  private final SourceReader sources;
  private final QualityReader qualities;
  private final WriteReader writes;

  JobReader(
      LakeConf.Defaults defaults,
      ProjectPaths paths,
      Map<String, String> variables,
      SqlParsing parsing,
      Problems problems) {
    this.defaults = defaults;
    this.variables = variables;
    this.parsing = parsing;
    this.problems = problems;
    RuleSql rules = new RuleSql(parsing);
    this.makings = new MakingReader(paths);
    this.sources = new SourceReader(paths, rules);
    this.qualities = new QualityReader(rules);
    this.writes = new WriteReader(rules);
  }

  JobDraft read(JobFile file) {
    int before = problems.list().size();
    String text = text(file);
    JobDraft draft = file.isSql() ? fromSql(file, text) : fromConf(file, text);
    draft.section().finish();
    return problems.list().size() == before ? draft : draft.unsound();
  }

  private JobDraft fromSql(JobFile file, String text) {
    SqlComment parts = SqlComment.split(file.shown(), text, problems);
    Section section =
        Document.read(file.shown(), parts.settingsLine(), parts.settings(), variables, problems);
    for (String key : List.of("source", "java", "external", "options")) {
      section.refuse(key, "the SQL makes this table; leave it out, or make the file a .conf");
    }
    Optional<Making> making = Optional.empty();
    try {
      making = Optional.of(new Making.FromSql(parsing.read(parts.sql(), parts.sqlLine())));
    } catch (SqlProblem e) {
      problems.add(new Place(file.shown(), e.line()), "", String.valueOf(e.getMessage()));
    }
    return rest(file, section, making);
  }

  private JobDraft fromConf(JobFile file, String text) {
    Section section = Document.read(file.shown(), 1, text, variables, problems);
    section.refuse(
        "sql",
        "SQL is a file of its own; write it to %s"
            .formatted(file.shown().replaceFirst("\\.conf$", ".sql")));
    Optional<Making> making = makings.read(file.name(), section);
    return rest(file, section, making);
  }

  private JobDraft rest(JobFile file, Section section, Optional<Making> making) {
    NotYet.refuse(section, LATER);
    section.refuse("schedule", "not yet: schedule comes with a later version; write every = day");
    Optional<WriteSpec> written = writes.read(section);
    ScheduleReader.Draft schedule = ScheduleReader.read(section);
    Cadence every = every(section, making, written, schedule);
    ShapeReader shapes = new ShapeReader(section, every);
    boolean external = making.filter(Making.External.class::isInstance).isPresent();
    WriteSpec write = shapes.write(written, external);
    Shape shape = shapes.read(write, making);
    EffortReader.Draft effort = EffortReader.read(section);
    checkCare(section, effort, shape, making, write);
    List<SourceReader.Draft> drafts = file.isSql() ? List.of() : sources.read(section, every);
    return new JobDraft(
        file.name(),
        new Origin(file.shown(), 1),
        section,
        section.text("description").orElse(""),
        section.texts("tags"),
        making,
        drafts,
        drift(section),
        schedule,
        every,
        shape,
        InputsReader.read(section),
        qualities.read(section, defaults.limit()),
        write,
        effort,
        ParamsReader.read(section),
        true);
  }

  private static void checkCare(
      Section section,
      EffortReader.Draft effort,
      Shape shape,
      Optional<Making> making,
      WriteSpec write) {
    if (making.filter(Making.External.class::isInstance).isPresent()
        || write instanceof WriteSpec.View) {
      section.refuse("care", "nothing is stored here; leave it out");
    }
    effort.care().zorder().orElse(List.of()).stream()
        .filter(shape.partitionBy()::contains)
        .forEach(
            column ->
                section.wrong(
                    "care.zorder",
                    "the table is partitioned by %s, which sets its rows apart already; leave it out"
                        .formatted(column)));
  }

  private static Drift drift(Section section) {
    if (!section.has("source")) {
      section.refuse(
          "drift", "it is for what comes from a source; the columns here are those that are made");
      return Drift.EVOLVE;
    }
    return section.choice("drift", DRIFTS).orElse(Drift.EVOLVE);
  }

  private Cadence every(
      Section section,
      Optional<Making> making,
      Optional<WriteSpec> write,
      ScheduleReader.Draft schedule) {
    boolean timeless =
        write
                .filter(w -> w instanceof WriteSpec.Overwrite || w instanceof WriteSpec.View)
                .isPresent()
            || making.filter(Making.External.class::isInstance).isPresent()
                && !section.has("partition-by")
                && section.section("external").filter(e -> e.has("partition-by")).isEmpty();
    return schedule
        .every()
        .or(() -> timeless ? Optional.of(Cadence.NONE) : defaults.schedule().every())
        .orElse(Cadence.DAY);
  }

  private static String text(JobFile file) {
    try {
      return Files.readString(file.path());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file.path(), e);
    }
  }
}
