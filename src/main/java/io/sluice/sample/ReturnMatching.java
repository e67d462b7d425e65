package io.sluice.sample;

import static org.apache.spark.sql.functions.col;

import io.sluice.api.TaskContext;
import io.sluice.api.Transform;
import java.math.BigDecimal;
import java.sql.Date;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Sets each cancelled invoice line against the purchases that it takes back: those of the same
 * customer and product in the 90 days before, the last one first, each piece given back once. A
 * stack of purchases needs a memory from row to row, which SQL does not have.
 */
public final class ReturnMatching implements Transform {

  private static final int DAYS = 90;

  private static final StructType MADE =
      new StructType()
          .add("customer_id", DataTypes.IntegerType)
          .add("stock_code", DataTypes.StringType)
          .add("return_invoice_no", DataTypes.StringType)
          .add("sale_invoice_no", DataTypes.StringType)
          .add("days_kept", DataTypes.IntegerType)
          .add("quantity", DataTypes.IntegerType)
          .add("amount_gbp", DataTypes.createDecimalType(18, 3))
          .add("return_date", DataTypes.DateType);

  @Override
  public Dataset<Row> apply(TaskContext task) {
    LocalDateTime from = task.intervals().get(0).from();
    LocalDateTime to = task.intervals().get(task.intervals().size() - 1).to();
    return task.input("analysis.fact_sale")
        .where("customer_id IS NOT NULL AND quantity <> 0")
        .select(
            "customer_id",
            "stock_code",
            "invoice_no",
            "invoiced_at",
            "quantity",
            "unit_price",
            "invoice_date")
        .repartition(col("customer_id"), col("stock_code"))
        .sortWithinPartitions(
            "customer_id", "stock_code", "invoiced_at", "invoice_no", "quantity", "unit_price")
        .mapPartitions(
            (MapPartitionsFunction<Row, Row>)
                rows -> new Groups(rows, from.toLocalDate(), to.toLocalDate()),
            Encoders.row(MADE));
  }

  /** An invoice line of one customer and product. */
  record Line(String invoice, LocalDate day, int quantity, BigDecimal price) {}

  /**
   * A number of pieces that came back.
   *
   * @param sale empty where the purchase is not known
   */
  record Match(Line back, @Nullable Line sale, int quantity) {}

  /**
   * The matches of one day's returns.
   *
   * @param lines of one customer and product, in order of time
   */
  static List<Match> match(List<Line> lines, LocalDate day) {
    List<Line> stack = new ArrayList<>();
    List<Match> matches = new ArrayList<>();
    for (Line line : lines) {
      if (line.day().isBefore(day.minusDays(DAYS)) || line.day().isAfter(day)) {
        continue;
      }
      if (line.quantity() > 0) {
        stack.add(line);
      } else {
        List<Match> taken = takeBack(stack, line);
        if (line.day().equals(day)) {
          matches.addAll(taken);
        }
      }
    }
    return matches;
  }

  private static List<Match> takeBack(List<Line> stack, Line back) {
    List<Match> matches = new ArrayList<>();
    int left = -back.quantity();
    while (left > 0 && !stack.isEmpty()) {
      Line sale = stack.remove(stack.size() - 1);
      int pieces = Math.min(left, sale.quantity());
      matches.add(new Match(back, sale, pieces));
      left -= pieces;
      if (pieces < sale.quantity()) {
        stack.add(new Line(sale.invoice(), sale.day(), sale.quantity() - pieces, sale.price()));
      }
    }
    if (left > 0) {
      matches.add(new Match(back, null, left));
    }
    return matches;
  }

  /** Takes rows in order of customer, product and time, and gives the matches of each group. */
  private static final class Groups implements Iterator<Row> {
    private final Iterator<Row> rows;
    private final LocalDate from;
    private final LocalDate to;
    private @Nullable Row next;
    private Iterator<Row> made = List.<Row>of().iterator();

    Groups(Iterator<Row> rows, LocalDate from, LocalDate to) {
      this.rows = rows;
      this.from = from;
      this.to = to;
      this.next = rows.hasNext() ? rows.next() : null;
    }

    @Override
    public boolean hasNext() {
      while (!made.hasNext() && next != null) {
        made = group(next).iterator();
      }
      return made.hasNext();
    }

    @Override
    public Row next() {
      return made.next();
    }

    private List<Row> group(Row first) {
      int customer = first.getInt(0);
      String product = first.getString(1);
      List<Line> lines = new ArrayList<>();
      Row row = first;
      while (row != null && row.getInt(0) == customer && row.getString(1).equals(product)) {
        lines.add(
            new Line(
                row.getString(2), row.getDate(6).toLocalDate(), row.getInt(4), row.getDecimal(5)));
        row = rows.hasNext() ? rows.next() : null;
      }
      next = row;
      return returnDays(lines).stream()
          .flatMap(day -> match(lines, day).stream())
          .map(match -> row(customer, product, match))
          .toList();
    }

    private SortedSet<LocalDate> returnDays(List<Line> lines) {
      return lines.stream()
          .filter(line -> line.quantity() < 0)
          .map(Line::day)
          .filter(day -> !day.isBefore(from) && day.isBefore(to))
          .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Row row(int customer, String product, Match match) {
      Line sale = match.sale();
      return RowFactory.create(
          customer,
          product,
          match.back().invoice(),
          sale == null ? null : sale.invoice(),
          sale == null ? null : (int) (match.back().day().toEpochDay() - sale.day().toEpochDay()),
          match.quantity(),
          Objects.requireNonNull(match.back().price())
              .multiply(BigDecimal.valueOf(match.quantity())),
          Date.valueOf(match.back().day()));
    }
  }
}
