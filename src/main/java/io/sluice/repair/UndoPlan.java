package io.sluice.repair;

import io.sluice.lake.TableName;
import io.sluice.time.IntervalSet;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an undo will do, before it does anything.
 *
 * @param tables in the order in which it goes about them: inputs before those that read them
 * @param stale intervals of other tables, or of these, that must be made again afterwards
 * @param refused why some can't be put back, a line each; then nothing is
 */
public record UndoPlan(
    UndoRequest request,
    List<TableUndo> tables,
    Map<TableName, IntervalSet> stale,
    List<String> refused) {

  public UndoPlan {
    tables = List.copyOf(tables);
    stale = Collections.unmodifiableMap(new LinkedHashMap<>(stale));
    refused = List.copyOf(refused);
  }

  /** Whether it comes to the same as one of a moment ago, whatever else was committed since. */
  boolean doesWhatWasSaid(UndoPlan said) {
    return unversioned(tables).equals(unversioned(said.tables));
  }

  private static List<TableUndo> unversioned(List<TableUndo> tables) {
    return tables.stream().map(table -> table.lookedAt(0).needingOldFiles(false)).toList();
  }

  /** Whether more goes than was asked for. */
  public boolean takesMore() {
    return tables.stream().anyMatch(table -> !table.more().isNone());
  }
}
