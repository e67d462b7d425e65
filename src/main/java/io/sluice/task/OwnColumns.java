package io.sluice.task;

import io.sluice.api.Transform;
import io.sluice.lake.Job;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Runs a transform that reads its own table before there is one: as over no rows, of the columns
 * that it asks for, with the types that it gives them.
 */
final class OwnColumns {
  private static final int TRIES = 100;
  private static final Pattern LAST_PART = Pattern.compile("`([^`]+)`$");

  private final Job job;
  private final Transform transform;
  private final Map<String, DataType> columns = new LinkedHashMap<>();
  private final Map<String, RuntimeException> failures = new HashMap<>();

  OwnColumns(Job job, Transform transform) {
    this.job = job;
    this.transform = transform;
  }

  Dataset<Row> firstRows(PinnedInputs inputs) {
    for (int i = 0; i < TRIES; i++) {
      Dataset<Row> rows;
      try {
        rows = transform.apply(inputs.withoutOwnRows(schema()));
      } catch (RuntimeException e) {
        addMissing(e);
        continue;
      }
      if (!learnsTypes(rows.schema())) {
        return rows;
      }
    }
    throw TaskFailure.definite(
        "%s: the types of the columns that it reads of its own table can't be known; CAST them"
            .formatted(job.origin()),
        Blame.ALL);
  }

  private StructType schema() {
    return new StructType(
        columns.entrySet().stream()
            .map(column -> DataTypes.createStructField(column.getKey(), column.getValue(), true))
            .toArray(StructField[]::new));
  }

  /** A column that nobody has may be one of the table that is not there yet. */
  private void addMissing(RuntimeException failure) {
    String name = missing(failure).orElseThrow(() -> failure);
    RuntimeException first = failures.putIfAbsent(name, failure);
    if (first != null) {
      throw first;
    }
    columns.put(name, DataTypes.NullType);
  }

  private static Optional<String> missing(RuntimeException failure) {
    for (Throwable cause : Sign.chain(failure)) {
      if (cause instanceof AnalysisException analysis && analysis.getErrorClass() != null) {
        Map<String, String> said = analysis.getMessageParameters();
        String name = said.getOrDefault("objectName", said.getOrDefault("colName", ""));
        Matcher last = LAST_PART.matcher(name);
        if (analysis.getErrorClass().startsWith("UNRESOLVED_") && last.find()) {
          return Optional.of(last.group(1).toLowerCase(Locale.ROOT));
        }
      }
    }
    return Optional.empty();
  }

  private boolean learnsTypes(StructType made) {
    boolean learnt = false;
    for (Map.Entry<String, DataType> column : columns.entrySet()) {
      DataType type =
          Arrays.stream(made.fields())
              .filter(field -> field.name().equalsIgnoreCase(column.getKey()))
              .map(StructField::dataType)
              .findFirst()
              .orElseThrow(
                  () ->
                      TaskFailure.definite(
                          "%s: column %s not found, neither in its inputs nor among the columns it makes; correct the name"
                              .formatted(job.origin(), column.getKey()),
                          Blame.ALL));
      learnt |= !type.equals(column.setValue(type));
    }
    return learnt;
  }
}
