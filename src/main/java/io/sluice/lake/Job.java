package io.sluice.lake;

import io.sluice.time.Cadence;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What makes one table.
 *
 * @param inputs the stored tables that it reads, those that its views read included; in the order
 *     of the definition; a self-read is among them
 * @param views the views that its SQL reads, each after those it reads itself
 * @param params name to SQL literal
 * @param fingerprint changes when what the job would make changes: of the parsed SQL and the
 *     settings that shape rows, not of comments or white space
 */
public record Job(
    TableName name,
    Origin origin,
    String description,
    List<String> tags,
    Making making,
    Schedule schedule,
    Shape shape,
    Map<TableName, Input> inputs,
    List<TableName> views,
    Quality quality,
    WriteSpec write,
    Effort effort,
    Map<String, String> params,
    String fingerprint) {

  public Job {
    tags = List.copyOf(tags);
    inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
    views = List.copyOf(views);
    params = Map.copyOf(params);
  }

  public Cadence every() {
    return schedule.every();
  }

  /** Whether there is a table that this project writes: not external, not a view. */
  public boolean isMade() {
    return !(making instanceof Making.External) && !(write instanceof WriteSpec.View);
  }

  public boolean readsItself() {
    return inputs.containsKey(name);
  }

  /** Whether the interval before must be made before the next. */
  public boolean isOrdered() {
    return readsItself() || write.isOrdered();
  }

  /**
   * The column by which readers get this table cut to an interval; empty where they can only see it
   * whole: no time, SCD2, or rows that a merge may put anywhere.
   */
  public Optional<String> cutColumn() {
    if (every() == Cadence.NONE) {
      return Optional.empty();
    }
    return write.cutColumn(shape);
  }
}
