package io.sluice.sample;

import io.sluice.sample.RetailOracle.DailySales;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Rows of the sample's tables as {@link RetailOracle} computes them. */
public final class SampleRows {
  private SampleRows() {}

  public static List<DailySales> dailySales(Dataset<Row> table) {
    return table
        .select("invoice_date", "country", "invoices", "revenue_gbp", "revenue_eur")
        .collectAsList()
        .stream()
        .map(
            row ->
                new DailySales(
                    row.getDate(0).toLocalDate(),
                    row.getString(1),
                    row.getLong(2),
                    row.getDecimal(3),
                    row.getDecimal(4)))
        .sorted(Comparator.comparing(DailySales::day).thenComparing(DailySales::country))
        .toList();
  }
}
