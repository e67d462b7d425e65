package io.sluice.table;

import io.sluice.lake.Drift;
import io.sluice.lake.Job;
import io.sluice.lake.Making;
import io.sluice.lake.WriteSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.NullType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The columns of a table, all nullable, and those it is partitioned by. */
record TableShape(StructType columns, List<String> partitionBy) {
  private static final Pattern UNFIT = Pattern.compile("[ ,;{}()\\n\\t=]");

  TableShape {
    columns = nullable(columns);
    partitionBy = List.copyOf(partitionBy);
  }

  /** The shape that rows give a new table of the job. */
  static TableShape made(Job job, StructType rows) {
    Set<String> seen = new HashSet<>();
    for (StructField field : rows.fields()) {
      if (field.dataType() instanceof NullType) {
        throw refused(
            job,
            "column %s has no type, only NULL: cast it to the type it is meant to have"
                .formatted(field.name()));
      }
      if (UNFIT.matcher(field.name()).find()) {
        throw refused(
            job,
            "column '%s' has a name that Delta can't store (none of \" ,;{}()=\" may be in it): rename it"
                .formatted(field.name()));
      }
      if (!seen.add(lower(field.name()))) {
        throw refused(
            job,
            "column %s is there twice (upper and lower case are the same): name one of them differently"
                .formatted(field.name()));
      }
    }
    List<String> partitionBy = new ArrayList<>();
    for (String column : job.shape().partitionBy()) {
      partitionBy.add(
          find(rows, column)
              .orElseThrow(
                  () ->
                      refused(
                          job,
                          "the table is partitioned by %s, but no such column is made: select it"
                              .formatted(column)))
              .name());
    }
    if (!partitionBy.isEmpty() && partitionBy.size() == rows.length()) {
      throw refused(job, "all columns are partition columns: select at least one other");
    }
    return new TableShape(rows, partitionBy);
  }

  /** This shape with what the made one adds to it, in this one's order. */
  TableShape accept(Job job, TableShape made) {
    if (!names(partitionBy).equals(names(made.partitionBy))) {
      throw refused(
          job,
          "the table is partitioned by %s, the definition says %s; %s"
              .formatted(partitionBy, made.partitionBy, remake(job)));
    }
    StructType all = columns;
    for (StructField field : columns.fields()) {
      if (find(made.columns, field.name()).isEmpty()) {
        throw refused(
            job,
            "column %s of the table is not made any more; select it, or %s"
                .formatted(field.name(), remake(job)));
      }
    }
    for (StructField field : made.columns.fields()) {
      Optional<StructField> old = find(columns, field.name());
      if (old.isEmpty()) {
        all = all.add(field);
      } else if (mayWiden(job, field.name())
          && Widening.holds(field.dataType(), old.get().dataType())) {
        all = widened(all, field);
      } else if (!old.get().dataType().equals(field.dataType())) {
        throw refused(
            job,
            "column %s is %s in the table and %s in the rows; cast it, or %s"
                .formatted(
                    field.name(), old.get().dataType().sql(), field.dataType().sql(), remake(job)));
      }
    }
    return new TableShape(all, partitionBy);
  }

  /** Whether a column of this shape is of another type than the other's of its name. */
  boolean changesTypes(TableShape before) {
    return Arrays.stream(before.columns.fields())
        .anyMatch(
            field ->
                find(columns, field.name())
                    .filter(own -> !own.dataType().equals(field.dataType()))
                    .isPresent());
  }

  /** What is made from a source can be widened, for nobody wrote its types into a definition. */
  private boolean mayWiden(Job job, String column) {
    boolean tellsInterval =
        job.shape().intervalBy().filter(column::equalsIgnoreCase).isPresent()
            || partitionBy.stream().anyMatch(column::equalsIgnoreCase);
    return !tellsInterval
        && job.making() instanceof Making.FromSource from
        && from.drift() == Drift.EVOLVE
        && (job.write() instanceof WriteSpec.Replace || job.write() instanceof WriteSpec.Overwrite);
  }

  private static StructType widened(StructType columns, StructField wide) {
    return new StructType(
        Arrays.stream(columns.fields())
            .map(
                field ->
                    field.name().equalsIgnoreCase(wide.name())
                        ? DataTypes.createStructField(field.name(), wide.dataType(), true)
                        : field)
            .toArray(StructField[]::new));
  }

  static Optional<StructField> find(StructType columns, String name) {
    for (StructField field : columns.fields()) {
      if (field.name().equalsIgnoreCase(name)) {
        return Optional.of(field);
      }
    }
    return Optional.empty();
  }

  static TableException refused(Job job, String what) {
    return TableException.ofColumns(job.name() + ": " + what);
  }

  static String remake(Job job) {
    return "make the table anew: sluice backfill --select %s --rebuild".formatted(job.name())
        + " --from <its first interval>";
  }

  private static List<String> names(List<String> columns) {
    return columns.stream().map(TableShape::lower).toList();
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  private static StructType nullable(StructType type) {
    StructType result = new StructType();
    for (StructField field : type.fields()) {
      result = result.add(field.name(), nullable(field.dataType()), true);
    }
    return result;
  }

  private static DataType nullable(DataType type) {
    if (type instanceof StructType struct) {
      return nullable(struct);
    }
    if (type instanceof ArrayType array) {
      return new ArrayType(nullable(array.elementType()), true);
    }
    return type instanceof MapType map
        ? new MapType(nullable(map.keyType()), nullable(map.valueType()), true)
        : type;
  }
}
