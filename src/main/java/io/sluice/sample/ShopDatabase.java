package io.sluice.sample;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Date;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** The customer database of the sample's shop, made from its invoice lines. */
public final class ShopDatabase {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

  private ShopDatabase() {}

  /**
   * Makes the table {@code customer} (id, country, first and last purchase, updated_at) in a new
   * database at this place.
   *
   * @param sales folder of the daily invoice files
   * @param database file of the H2 database, without its ending
   * @return how many customers there are
   */
  public static int create(Path sales, Path database) throws IOException {
    Map<Integer, Customer> customers = customers(sales);
    Files.createDirectories(database.toAbsolutePath().getParent());
    try (Connection connection =
        DriverManager.getConnection("jdbc:h2:file:" + database.toAbsolutePath())) {
      try (Statement statement = connection.createStatement()) {
        statement.execute(
            """
            CREATE TABLE customer (
              id             INT PRIMARY KEY,
              country        VARCHAR(100) NOT NULL,
              first_purchase DATE NOT NULL,
              last_purchase  DATE NOT NULL,
              updated_at     TIMESTAMP NOT NULL
            )""");
      }
      insert(connection, customers);
    } catch (SQLException e) {
      throw new IOException("The shop's database can't be made at " + database, e);
    }
    return customers.size();
  }

  private record Customer(String country, LocalDateTime first, LocalDateTime last) {
    Customer with(String country, LocalDateTime at) {
      return at.isBefore(last)
          ? new Customer(this.country, at.isBefore(first) ? at : first, last)
          : new Customer(country, first, at);
    }
  }

  private static Map<Integer, Customer> customers(Path sales) throws IOException {
    Map<Integer, Customer> customers = new TreeMap<>();
    List<Path> files;
    try (Stream<Path> all = Files.list(sales)) {
      files = all.filter(file -> file.toString().endsWith(".csv.gz")).sorted().toList();
    }
    for (Path file : files) {
      try (BufferedReader lines = open(file)) {
        lines.readLine();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          add(customers, line);
        }
      }
    }
    return customers;
  }

  private static BufferedReader open(Path file) throws IOException {
    return new BufferedReader(
        new InputStreamReader(
            new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8));
  }

  /** Time, price, customer and country are the last of a line and never quoted. */
  private static void add(Map<Integer, Customer> customers, String line) {
    int country = line.lastIndexOf(',');
    int id = line.lastIndexOf(',', country - 1);
    int price = line.lastIndexOf(',', id - 1);
    int time = line.lastIndexOf(',', price - 1);
    if (id + 1 < country) {
      LocalDateTime at = LocalDateTime.parse(line.substring(time + 1, price), TIME);
      String land = line.substring(country + 1);
      customers.merge(
          (int) Double.parseDouble(line.substring(id + 1, country)),
          new Customer(land, at, at),
          (old, one) -> old.with(land, at));
    }
  }

  private static void insert(Connection connection, Map<Integer, Customer> customers)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO customer VALUES (?, ?, ?, ?, ?)")) {
      for (var entry : customers.entrySet()) {
        Customer customer = entry.getValue();
        insert.setInt(1, entry.getKey());
        insert.setString(2, customer.country());
        insert.setDate(3, Date.valueOf(customer.first().toLocalDate()));
        insert.setDate(4, Date.valueOf(customer.last().toLocalDate()));
        insert.setTimestamp(5, Timestamp.valueOf(customer.last()));
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }
}
