package io.sluice.lake;

import io.sluice.config.Place;
import io.sluice.config.Section;
import io.sluice.config.Spelling;
import io.sluice.time.Cadence;
import io.sluice.time.Interval;
import io.sluice.time.Lookback;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads {@code source}: one, or several where the feed changed its format. */
final class SourceReader {
  private static final Set<String> LATER = Set.of("kafka", "java");
  private static final List<String> TYPES =
      List.of("files", "jdbc", "weblog", "xml", "fixed", "rest", "mongodb", "cassandra");

  private final FilesReader files;
  private final WeblogReader weblog;
  private final XmlReader xml;
  private final FixedReader fixed;
  private final ColumnsReader columns;

  SourceReader(ProjectPaths paths, RuleSql sql) {
    this.columns = new ColumnsReader(sql);
    LandingReader landing = new LandingReader(paths);
    this.files = new FilesReader(landing);
    this.weblog = new WeblogReader(landing);
    this.xml = new XmlReader(landing, paths);
    this.fixed = new FixedReader(landing);
  }

  /** A source whose time is not yet known in full. */
  record Draft(
      Optional<Interval> start,
      Optional<Interval> end,
      List<SourceSpec.Column> columns,
      Lookback reread,
      SourceSpec.Kind kind,
      Origin origin) {}

  List<Draft> read(Section job, Cadence every) {
    return job.sections("source").stream()
        .flatMap(section -> one(section, every).stream())
        .toList();
  }

  private Optional<Draft> one(Section section, Cadence every) {
    Place place = section.place();
    Optional<Interval> start = ScheduleReader.date(section, "start");
    Optional<Interval> end = ScheduleReader.date(section, "end");
    Optional<SourceSpec.Kind> kind = kind(section, every);
    return kind.map(
        known ->
            new Draft(
                start,
                end,
                columns.read(section),
                known instanceof SourceSpec.Landed
                    ? Lookback.NONE
                    : ScheduleReader.lookback(section, "reread").orElse(Lookback.NONE),
                known,
                new Origin(place.file(), place.line())));
  }

  private Optional<SourceSpec.Kind> kind(Section section, Cadence every) {
    String type = section.needText("type", "type = files");
    switch (type) {
      case "files":
        return Optional.of(files.read(section, every));
      case "weblog":
        return Optional.of(weblog.read(section, every));
      case "xml":
        return Optional.of(xml.read(section, every));
      case "fixed":
        return Optional.of(fixed.read(section, every));
      case "jdbc":
        return Optional.of(JdbcReader.read(section));
      case "rest":
        return Optional.of(RestReader.read(section, every));
      case "mongodb":
        return Optional.of(MongoReader.read(section));
      case "cassandra":
        return Optional.of(CassandraReader.read(section));
      default:
        if (LATER.contains(type)) {
          section.wrong(
              "type",
              "not yet: sources of type %s come with a later version; write files, weblog, xml, fixed, jdbc, rest, mongodb or cassandra"
                  .formatted(type));
        } else if (!type.isEmpty()) {
          section.wrong(
              "type",
              "'%s' is not known here; write %s"
                  .formatted(
                      type,
                      Spelling.nearest(type, TYPES)
                          .orElse("files, weblog, xml, fixed, jdbc, rest, mongodb or cassandra")));
        }
        // What belongs to a kind that is not known is not judged.
        section.keys().forEach(section::skip);
        return Optional.empty();
    }
  }
}
