package io.sluice.sample;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * What the sample lake should hold, computed from the landing files by a plain program: neither
 * Spark nor Sluice has a part in it.
 */
public final class RetailOracle {

  /** Where the project keeps them. */
  public static final Path LANDING = Path.of("src/sample/landing");

  private static final LocalDate OPEN_END = LocalDate.of(9999, 12, 31);
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
  private static final Pattern GBP = Pattern.compile("currency=\"GBP\" rate=\"([^\"]+)\"");
  private static final Comparator<Line> LAST =
      Comparator.comparing(Line::time)
          .thenComparing(Line::invoice)
          .thenComparing(Line::price)
          .thenComparing(line -> line.description().orElse(""));

  private final SortedMap<LocalDate, List<Line>> days;
  private final NavigableMap<LocalDate, BigDecimal> rates;

  private RetailOracle(
      SortedMap<LocalDate, List<Line>> days, NavigableMap<LocalDate, BigDecimal> rates) {
    this.days = days;
    this.rates = rates;
  }

  /** Reads a landing folder, with {@code sales} and {@code fx} below it. */
  public static RetailOracle read(Path landing) {
    try {
      SortedMap<LocalDate, List<Line>> days = new TreeMap<>();
      for (Path file : files(landing.resolve("sales"))) {
        days.put(LocalDate.parse(file.getFileName().toString().substring(0, 10)), lines(file));
      }
      TreeMap<LocalDate, BigDecimal> rates = new TreeMap<>();
      for (Path file : files(landing.resolve("fx"))) {
        Matcher gbp = GBP.matcher(Files.readString(file));
        if (gbp.find()) {
          rates.put(
              LocalDate.parse(file.getFileName().toString().substring(10, 20)),
              new BigDecimal(gbp.group(1)));
        }
      }
      return new RetailOracle(days, rates);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An invoice line as received; equal to another where all its columns are. */
  public record Line(
      String invoice,
      String product,
      Optional<String> description,
      int quantity,
      LocalDateTime time,
      BigDecimal price,
      Optional<String> customer,
      String country) {}

  /** A row of {@code aggregate.daily_sales}. */
  public record DailySales(
      LocalDate day, String country, long invoices, BigDecimal gbp, BigDecimal eur) {}

  /** A version of {@code analysis.dim_product}. */
  public record ProductVersion(
      String product,
      Optional<String> description,
      BigDecimal price,
      LocalDate from,
      LocalDate to,
      boolean current) {}

  /** Lines received, by day; only days that have a file. */
  public SortedMap<LocalDate, Long> received() {
    SortedMap<LocalDate, Long> counts = new TreeMap<>();
    days.forEach((day, lines) -> counts.put(day, (long) lines.size()));
    return counts;
  }

  /** A customer's distinct lines of a day. */
  public List<Line> lines(LocalDate day, String customer) {
    return distinctLines(day).stream()
        .filter(line -> line.customer().equals(Optional.of(customer)))
        .toList();
  }

  /** Lines that differ from all others of their day, by day. */
  public SortedMap<LocalDate, Long> distinct() {
    SortedMap<LocalDate, Long> counts = new TreeMap<>();
    days.keySet().forEach(day -> counts.put(day, (long) distinctLines(day).size()));
    return counts;
  }

  /** By day and country. */
  public List<DailySales> dailySales() {
    List<DailySales> rows = new ArrayList<>();
    for (LocalDate day : days.keySet()) {
      Map<String, List<Line>> countries =
          distinctLines(day).stream()
              .collect(Collectors.groupingBy(Line::country, TreeMap::new, Collectors.toList()));
      countries.forEach((country, lines) -> rows.add(dailySales(day, country, lines)));
    }
    return rows;
  }

  private DailySales dailySales(LocalDate day, String country, List<Line> lines) {
    BigDecimal gbp = new BigDecimal("0.000");
    TreeSet<String> invoices = new TreeSet<>();
    for (Line line : lines) {
      gbp = gbp.add(line.price().multiply(BigDecimal.valueOf(line.quantity())));
      invoices.add(line.invoice());
    }
    return new DailySales(
        day, country, invoices.size(), gbp, gbp.divide(rate(day), 6, RoundingMode.HALF_UP));
  }

  /** Pounds for a euro, of the day or of the last day that has a rate. */
  public BigDecimal rate(LocalDate day) {
    return rates.floorEntry(day).getValue();
  }

  /** By product and time. */
  public List<ProductVersion> productVersions() {
    Map<String, List<ProductVersion>> products = new TreeMap<>();
    for (LocalDate day : days.keySet()) {
      Map<String, Line> lastOfDay = new TreeMap<>();
      for (Line line : days.getOrDefault(day, List.of())) {
        lastOfDay.merge(line.product(), line, (a, b) -> LAST.compare(a, b) >= 0 ? a : b);
      }
      lastOfDay.forEach(
          (product, line) ->
              addVersion(products.computeIfAbsent(product, p -> new ArrayList<>()), line, day));
    }
    return products.values().stream().flatMap(Collection::stream).toList();
  }

  private static void addVersion(List<ProductVersion> versions, Line line, LocalDate day) {
    int newest = versions.size() - 1;
    if (newest >= 0) {
      ProductVersion old = versions.get(newest);
      if (old.description().equals(line.description())
          && old.price().compareTo(line.price()) == 0) {
        return;
      }
      versions.set(
          newest,
          new ProductVersion(
              old.product(), old.description(), old.price(), old.from(), day, false));
    }
    versions.add(
        new ProductVersion(line.product(), line.description(), line.price(), day, OPEN_END, true));
  }

  private Set<Line> distinctLines(LocalDate day) {
    return new LinkedHashSet<>(days.getOrDefault(day, List.of()));
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.sorted().toList();
    }
  }

  private static List<Line> lines(Path file) throws IOException {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                file.toString().endsWith(".gz")
                    ? new GZIPInputStream(Files.newInputStream(file))
                    : Files.newInputStream(file),
                StandardCharsets.UTF_8))) {
      return reader.lines().skip(1).map(RetailOracle::line).toList();
    }
  }

  private static Line line(String text) {
    List<String> cells = cells(text);
    if (cells.size() != 8) {
      throw new IllegalArgumentException("Not eight columns: " + text);
    }
    return new Line(
        cells.get(0),
        cells.get(1),
        known(cells.get(2)),
        Integer.parseInt(cells.get(3)),
        LocalDateTime.parse(cells.get(4), TIME),
        new BigDecimal(cells.get(5)).setScale(3),
        known(cells.get(6)),
        cells.get(7));
  }

  private static Optional<String> known(String cell) {
    return Optional.of(cell).filter(text -> !text.isEmpty());
  }

  private static List<String> cells(String text) {
    List<String> cells = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean doubled = quoted && c == '"' && i + 1 < text.length() && text.charAt(i + 1) == '"';
      if (doubled) {
        cell.append(c);
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        cells.add(cell.toString());
        cell.setLength(0);
      } else {
        cell.append(c);
      }
    }
    cells.add(cell.toString());
    return cells;
  }
}
