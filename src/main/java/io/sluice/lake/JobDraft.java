package io.sluice.lake;

import io.sluice.config.Section;
import io.sluice.sql.ParsedSql;
import io.sluice.time.Cadence;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A job as its own file tells, before it is known what it reads.
 *
 * @param making empty where it is from a source, or wrong
 * @param sources empty where it is from elsewhere
 * @param drift of a source; of no meaning for others
 * @param write what is written, or the default
 * @param sound whether nothing is wrong with the file by itself
 */
record JobDraft(
    TableName name,
    Origin origin,
    Section section,
    String description,
    List<String> tags,
    Optional<Making> making,
    List<SourceReader.Draft> sources,
    Drift drift,
    ScheduleReader.Draft schedule,
    Cadence every,
    Shape shape,
    Map<TableName, InputsReader.Draft> inputs,
    Quality quality,
    WriteSpec write,
    EffortReader.Draft effort,
    Map<String, String> params,
    boolean sound) {

  boolean isView() {
    return write instanceof WriteSpec.View;
  }

  Optional<ParsedSql> sql() {
    return making.flatMap(
        made -> made instanceof Making.FromSql from ? Optional.of(from.sql()) : Optional.empty());
  }

  JobDraft unsound() {
    return new JobDraft(
        name,
        origin,
        section,
        description,
        tags,
        making,
        sources,
        drift,
        schedule,
        every,
        shape,
        inputs,
        quality,
        write,
        effort,
        params,
        false);
  }
}
