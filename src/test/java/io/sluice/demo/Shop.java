package io.sluice.demo;

import io.sluice.testing.PostgresServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.postgresql.PGConnection;

/** Three days of the gift shop's invoice lines in a PostgreSQL database. */
final class Shop {
  private static final List<String> DAYS = List.of("2010-12-01", "2010-12-02", "2010-12-03");

  private final String url = PostgresServer.newDatabase();

  /**
   * @param sales folder of the daily files
   */
  Shop(Path sales) throws SQLException, IOException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          CREATE TABLE order_line (invoice_no text, stock_code text, description text, quantity int,
            invoiced_at timestamp, unit_price numeric(12,2), customer_id numeric(9,1), country text)""");
      for (String day : DAYS) {
        try (InputStream lines =
            new GZIPInputStream(Files.newInputStream(sales.resolve(day + ".csv.gz")))) {
          connection
              .unwrap(PGConnection.class)
              .getCopyAPI()
              .copyIn("COPY order_line FROM STDIN WITH (FORMAT csv, HEADER)", lines);
        }
      }
    }
  }

  String url() {
    return url;
  }

  String version() throws SQLException {
    return texts("SHOW server_version").get(0);
  }

  long lines() throws SQLException {
    return Long.parseLong(texts("SELECT count(*) FROM order_line").get(0));
  }

  /** Each invoice with its lines, as a document in MongoDB's extended JSON. */
  List<String> baskets() throws SQLException {
    return texts(
        """
        SELECT json_build_object('_id', invoice_no, 'country', min(country),
          'at', json_build_object('$date', to_char(min(invoiced_at), 'YYYY-MM-DD"T"HH24:MI:SS"Z"')),
          'lines', json_agg(json_build_object('stock_code', stock_code, 'quantity', quantity,
            'price', unit_price)))
        FROM order_line GROUP BY invoice_no ORDER BY invoice_no""");
  }

  private List<String> texts(String query) throws SQLException {
    List<String> texts = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
    }
    return texts;
  }
}
