package io.sluice.task;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.regexp_replace;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;
import static org.apache.spark.sql.functions.when;

import io.sluice.api.SourceRows;
import io.sluice.lake.Drift;
import io.sluice.lake.Job;
import io.sluice.lake.Making;
import io.sluice.table.Widening;
import io.sluice.time.Interval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Brings what a source sent to the columns that its table has, as the job's {@code drift} says.
 * Where there is no table yet, the first interval decides which columns there are, so that a batch
 * makes what its intervals make one by one.
 *
 * @param table its columns; none where it is made anew
 * @param isEmpty whether the table has no row
 */
record ReceivedColumns(
    Job job, Drift drift, StructType table, BooleanSupplier isEmpty, SourceRead source) {

  /** Texts of moments lose nothing. */
  private static final Map<String, String> EXACT =
      Map.of(
          "timestampFormat", "yyyy-MM-dd'T'HH:mm:ss[.SSSSSS]XXX",
          "timestampNTZFormat", "yyyy-MM-dd'T'HH:mm:ss[.SSSSSS]");

  /**
   * @param notes what a person should know of columns that were not as before
   * @param asked what the source was asked for
   */
  record Fitted(Dataset<Row> rows, List<String> notes, String asked) {
    Fitted {
      notes = List.copyOf(notes);
    }
  }

  Fitted fit() {
    SourceRows received = source.received(before());
    Dataset<Row> rows = received.rows();
    StructType sent = sent(rows);
    StructType known = known(sent);
    List<StructField> added =
        Arrays.stream(sent.fields()).filter(field -> find(known, field.name()).isEmpty()).toList();
    Map<String, List<Interval>> gone = gone(known, received.headers());
    String asked = received.asked();
    return switch (drift) {
      case EVOLVE ->
          new Fitted(
              filled(evolved(rows, known)),
              table.isEmpty() ? List.of() : notes(added, gone),
              asked);
      case RESCUE -> new Fitted(filled(rescued(rows, known, added)), notes(List.of(), gone), asked);
      case FREEZE -> {
        refuseDifference(received, known, added, gone);
        yield new Fitted(filled(rows), List.of(), asked);
      }
    };
  }

  /**
   * The table's columns and the declared ones. Where no row has come yet, the first interval
   * decides that has any, or that names columns.
   */
  private StructType known(StructType sent) {
    if (drift == Drift.EVOLVE) {
      return table.isEmpty() ? sent : received(table);
    }
    StructType own = with(received(table), declared(sent));
    return isDecided(own) ? own : with(own, first().orElseGet(StructType::new));
  }

  private boolean isDecided(StructType own) {
    return hasUndeclared(own) || !table.isEmpty() && !isEmpty.getAsBoolean();
  }

  private Optional<StructType> first() {
    for (Interval interval : source.sending()) {
      Dataset<Row> rows = source.received(interval, before()).rows();
      if (hasUndeclared(sent(rows)) || !rows.where(col(SourceRows.REJECTED).isNull()).isEmpty()) {
        return Optional.of(sent(rows));
      }
    }
    return Optional.empty();
  }

  private StructType declared(StructType columns) {
    return new StructType(
        Arrays.stream(columns.fields())
            .filter(field -> isDeclared(field.name()))
            .toArray(StructField[]::new));
  }

  private boolean hasUndeclared(StructType columns) {
    return Arrays.stream(columns.fields())
        .anyMatch(field -> !isDeclared(field.name()) && !isGiven(field.name()));
  }

  private boolean isDeclared(String column) {
    return job.making() instanceof Making.FromSource from
        && from.sources().stream()
            .flatMap(spec -> spec.columns().stream())
            .anyMatch(known -> known.name().equalsIgnoreCase(column));
  }

  /** Whether it is the column that says the interval, which a feed need not send. */
  private boolean isGiven(String column) {
    return job.shape().intervalBy().filter(column::equalsIgnoreCase).isPresent();
  }

  private static StructType with(StructType columns, StructType more) {
    StructType all = columns;
    for (StructField field : more.fields()) {
      all = find(all, field.name()).isPresent() ? all : all.add(field);
    }
    return all;
  }

  /** What sources have sent so far. */
  private StructType before() {
    return new StructType(
        Arrays.stream(received(table).fields())
            .filter(field -> !isGiven(field.name()))
            .toArray(StructField[]::new));
  }

  private static StructType sent(Dataset<Row> rows) {
    return received(rows.schema());
  }

  private static StructType received(StructType columns) {
    return new StructType(
        Arrays.stream(columns.fields())
            .filter(field -> RawRows.isReceived(field.name()))
            .filter(field -> !field.name().equalsIgnoreCase(Drift.RESCUED))
            .toArray(StructField[]::new));
  }

  private static Optional<StructField> find(StructType columns, String name) {
    return Arrays.stream(columns.fields())
        .filter(field -> field.name().equalsIgnoreCase(name))
        .findFirst();
  }

  /** A row has NULL in what only others have, in whatever batch it is made. */
  private Dataset<Row> filled(Dataset<Row> rows) {
    return RawRows.filled(RawRows.dated(job, rows), table);
  }

  /** Columns that should have been sent, and the intervals that have an item without them. */
  private Map<String, List<Interval>> gone(StructType known, List<SourceRows.Header> headers) {
    Map<String, List<Interval>> gone = new LinkedHashMap<>();
    for (StructField field : known.fields()) {
      List<Interval> without =
          headers.stream()
              .filter(header -> header.columns().stream().noneMatch(field.name()::equalsIgnoreCase))
              .flatMap(header -> header.intervals().stream())
              .distinct()
              .sorted()
              .toList();
      if (!isGiven(field.name()) && !without.isEmpty()) {
        gone.put(field.name(), without);
      }
    }
    return gone;
  }

  private List<String> notes(List<StructField> added, Map<String, List<Interval>> gone) {
    List<String> notes = new ArrayList<>();
    added.forEach(
        field ->
            notes.add("column %s (%s) is new".formatted(field.name(), field.dataType().sql())));
    gone.forEach(
        (column, intervals) ->
            notes.add("column %s was not sent for %s".formatted(column, named(intervals))));
    return notes;
  }

  private String named(List<Interval> intervals) {
    String first = job.every().name(intervals.get(0));
    return intervals.size() == 1 ? first : first + " and %d more".formatted(intervals.size() - 1);
  }

  // ---- evolve

  /** Of narrower types than the table's, these; wider ones are left, for the table to take. */
  private Dataset<Row> evolved(Dataset<Row> rows, StructType known) {
    List<Column> shown = new ArrayList<>();
    for (StructField field : rows.schema().fields()) {
      Column value = col(RawRows.quoted(field.name()));
      Optional<DataType> other = other(known, field);
      if (other.isEmpty() || Widening.holds(field.dataType(), other.get())) {
        shown.add(value);
      } else if (Widening.holds(other.get(), field.dataType())) {
        shown.add(value.cast(other.get()).as(field.name()));
      } else {
        throw noTypeHoldsBoth(field, other.get());
      }
    }
    return rows.select(shown.toArray(Column[]::new));
  }

  private static Optional<DataType> other(StructType known, StructField field) {
    return find(known, field.name())
        .map(StructField::dataType)
        .filter(type -> !type.sameType(field.dataType()));
  }

  private TaskFailure noTypeHoldsBoth(StructField field, DataType type) {
    List<Interval> culprits =
        sending(
            sent ->
                find(sent, field.name())
                    .filter(own -> !Widening.holds(type, own.dataType()))
                    .isPresent());
    return new TaskFailure(
        FailureClass.DEFINITE,
        "%s: column %s is %s in %s and %s in %s, and neither type holds both; declare one in columns { %s = … }, keep what does not fit apart by drift = rescue, or make the table anew by sluice backfill --rebuild"
            .formatted(
                job.origin(),
                field.name(),
                field.dataType().sql(),
                where(culprits),
                type.sql(),
                job.name(),
                field.name()),
        culprits);
  }

  // ---- rescue

  private Dataset<Row> rescued(Dataset<Row> rows, StructType known, List<StructField> added) {
    List<Column> shown = new ArrayList<>();
    List<Column> apart = new ArrayList<>();
    Optional<Column> own = Optional.empty();
    for (StructField field : rows.schema().fields()) {
      Column value = col(RawRows.quoted(field.name()));
      Optional<DataType> other = other(known, field);
      if (isRescued(field)) {
        own = Optional.of(value);
      } else if (added.contains(field)) {
        apart.add(value);
      } else if (other.isEmpty()) {
        shown.add(value);
      } else {
        Column cast = cast(field, other.get());
        shown.add(cast.as(field.name()));
        apart.add(when(cast.isNull(), value).as(field.name()));
      }
    }
    Column none = lit(null).cast(DataTypes.StringType);
    shown.add(objects(apart.isEmpty() ? none : object(apart), own.orElse(none)).as(Drift.RESCUED));
    return rows.select(shown.toArray(Column[]::new));
  }

  private static Column object(List<Column> fields) {
    Column json = to_json(struct(fields.toArray(Column[]::new)), EXACT);
    return when(json.notEqual("{}"), json);
  }

  /** With what the source itself has kept apart: an object, or whatever a feed calls so. */
  private static Column objects(Column ours, Column theirs) {
    Column object =
        when(theirs.isNull().or(theirs.rlike("^\\{\".*\\}$")), theirs)
            .otherwise(to_json(struct(theirs.as(Drift.RESCUED)), EXACT));
    Column both = concat(regexp_replace(ours, "\\}$", ","), regexp_replace(object, "^\\{", ""));
    return coalesce(both, ours, theirs);
  }

  private static boolean isRescued(StructField field) {
    return field.name().equalsIgnoreCase(Drift.RESCUED)
        && field.dataType().equals(DataTypes.StringType);
  }

  /** NULL where the value would not be the same. */
  private static Column cast(StructField field, DataType to) {
    DataType from = field.dataType();
    if (!Cast.canAnsiCast(from, to) || !Cast.canAnsiCast(to, from)) {
      return lit(null).cast(to);
    }
    String value = RawRows.quoted(field.name());
    String cast = "try_cast(%s AS %s)".formatted(value, to.sql());
    return expr("IF(try_cast(%s AS %s) <=> %s, %s, NULL)".formatted(cast, from.sql(), value, cast));
  }

  // ---- freeze

  private void refuseDifference(
      SourceRows received,
      StructType known,
      List<StructField> added,
      Map<String, List<Interval>> gone) {
    List<StructField> changed =
        Arrays.stream(sent(received.rows()).fields())
            .filter(field -> other(known, field).isPresent())
            .toList();
    if (added.isEmpty() && gone.isEmpty() && changed.isEmpty()) {
      return;
    }
    List<String> differences = new ArrayList<>();
    added.forEach(field -> differences.add("%s is new".formatted(field.name())));
    gone.keySet().forEach(column -> differences.add("%s is gone".formatted(column)));
    changed.forEach(
        field ->
            differences.add(
                "%s is %s and was %s"
                    .formatted(
                        field.name(),
                        field.dataType().sql(),
                        other(known, field).map(DataType::sql).orElse(""))));
    List<Interval> culprits =
        sending(
            sent ->
                Arrays.stream(sent.fields())
                    .anyMatch(
                        field ->
                            find(known, field.name()).isEmpty()
                                || other(known, field).isPresent()));
    List<Interval> all = new ArrayList<>(culprits);
    gone.values().forEach(all::addAll);
    List<Interval> each = all.stream().distinct().sorted().toList();
    throw new TaskFailure(
        FailureClass.DEFINITE,
        "%s: columns of %s are not those of %s: %s; drift = freeze lets no others in: have them sent as before, or write evolve to add new columns, rescue to keep them in %s"
            .formatted(
                job.origin(),
                where(each),
                job.name(),
                String.join(", ", differences),
                Drift.RESCUED),
        each);
  }

  // ---- who sent what; asked only where something is wrong

  private List<Interval> sending(Predicate<StructType> which) {
    List<Interval> sending = source.sending();
    return sending.size() < 2
        ? sending
        : sending.stream()
            .filter(interval -> which.test(sent(source.received(interval, before()).rows())))
            .toList();
  }

  private String where(List<Interval> intervals) {
    return intervals.isEmpty()
        ? "what was sent"
        : source.firstItem(intervals.get(0)).orElseGet(() -> named(intervals));
  }
}
