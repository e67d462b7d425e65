package io.sluice.source.landing;

import io.sluice.api.Look;
import io.sluice.api.Source;
import io.sluice.api.SourceException;
import io.sluice.api.SourceRows;
import io.sluice.lake.SourceSpec;
import io.sluice.source.columns.ColumnsException;
import io.sluice.source.columns.DeclaredColumns;
import io.sluice.time.Cadence;
import io.sluice.time.Interval;
import io.sluice.time.IntervalSet;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.spark.sql.SparkSession;

/** The files of a landing folder. */
public final class LandingSource implements Source {

  private static final String CODECS = "io.compression.codecs";

  /** One for all, as a folder may lack years. */
  private static final Look NO_FILE = new Look(Look.Presence.EMPTY, List.of(), "no file");

  private final SourceSpec spec;
  private final SourceSpec.Landing landing;
  private final Map<String, String> options;
  private final Supplier<LandedFormat> format;
  private final PathTemplate template;
  private final FolderWalk walk;
  private final Optional<Markers> markers;
  private final Cadence every;
  private final Supplier<Optional<Interval>> newestDue;
  private final Clock clock;

  /**
   * @param format asked for when rows are read: a look must load nothing of Spark
   * @param options of the format's reader
   * @param newestDue the newest due interval, where nothing is known of what was seen before
   * @param sparkSettings the lake's; those for Hadoop open other storage than this machine's
   * @throws IllegalArgumentException where the path can't be meant
   */
  public LandingSource(
      SourceSpec spec,
      SourceSpec.Landing landing,
      Supplier<LandedFormat> format,
      Map<String, String> options,
      Cadence every,
      Supplier<Optional<Interval>> newestDue,
      Clock clock,
      Map<String, String> sparkSettings) {
    this.spec = spec;
    this.landing = landing;
    this.format = format;
    this.options = Map.copyOf(options);
    this.every = every;
    this.newestDue = newestDue;
    this.clock = clock;
    String path = LocalListing.plain(landing.path()).orElse(landing.path());
    template = PathTemplate.parse(path).checkedFor(every);
    Listing listing = listing(template, sparkSettings);
    Predicate<String> isMeant = name -> !FolderWalk.isHidden(name);
    walk =
        new FolderWalk(
            template,
            listing,
            isMeant
                .and(Excluded.of(landing.exclude()).negate())
                .and(Markers.names(landing).negate()));
    markers = landing.ready().map(name -> new Markers(template, name, listing));
  }

  private static Listing listing(PathTemplate template, Map<String, String> sparkSettings) {
    int colon = template.text().indexOf(':');
    return template.text().startsWith("/")
        ? new LocalListing()
        : new HadoopListing(template.text().substring(0, colon), sparkSettings);
  }

  @Override
  public boolean seesAllAtOnce() {
    return template.isOneFolder();
  }

  @Override
  public boolean itemsSayWhen() {
    return template.isDated() || every == Cadence.NONE;
  }

  @Override
  public Map<Interval, Look> look(List<Interval> intervals, KnownItems known) {
    Map<Interval, List<FolderWalk.Found>> files = new LinkedHashMap<>();
    intervals.forEach(interval -> files.put(interval, new ArrayList<>()));
    boolean hasRoot;
    Set<Interval> ready;
    try {
      hasRoot = walk.hasRoot();
      place(walk.files(IntervalSet.of(intervals)), files, known);
      ready = markers.isPresent() ? markers.get().of(intervals) : Set.copyOf(intervals);
    } catch (IOException e) {
      throw SourceException.passing(
          "%s can't be listed: %s; look at the folder and at the rights on it"
              .formatted(template.text(), e),
          List.of(),
          e);
    }
    Map<Interval, Look> looks = new LinkedHashMap<>();
    files.forEach(
        (interval, found) ->
            looks.put(
                interval,
                !ready.contains(interval)
                    ? awaited("no file %s yet".formatted(marker(interval)))
                    : found.isEmpty() ? nothing(interval, hasRoot) : settled(found)));
    return looks;
  }

  private String marker(Interval interval) {
    return markers.map(known -> known.shown(interval)).orElse("");
  }

  private static Look awaited(String why) {
    return new Look(Look.Presence.AWAITED, List.of(), why);
  }

  /** A file that was just written may still grow. */
  private Look settled(List<FolderWalk.Found> found) {
    long youngest = clock.millis() - landing.settle().toMillis();
    return found.stream()
        .filter(file -> !landing.settle().isZero() && file.modifiedMillis() > youngest)
        .findFirst()
        .map(file -> awaited(file.item().id() + " was just written and may still grow"))
        .orElseGet(() -> Look.present(found.stream().map(FolderWalk.Found::item).toList()));
  }

  private void place(
      Collection<FolderWalk.Found> files,
      Map<Interval, List<FolderWalk.Found>> homes,
      KnownItems known) {
    IntervalStarts starts = new IntervalStarts(homes.keySet());
    Optional<Interval> newest = known.newest().or(newestDue);
    for (FolderWalk.Found file : files) {
      Optional<Interval> home =
          template.isDated()
              ? file.date().span().flatMap(span -> starts.holder(span.from()))
              : starts.hasAlways()
                  ? Optional.of(Interval.ALWAYS)
                  : known.intervalOf(file.item().id()).or(() -> newest);
      home.map(homes::get).ifPresent(list -> list.add(file));
    }
  }

  private Look nothing(Interval interval, boolean hasRoot) {
    if (hasRoot && landing.missing() == SourceSpec.Missing.EMPTY) {
      return NO_FILE;
    }
    String what =
        hasRoot
            ? "no file %s for %s".formatted(shown(interval), every.name(interval))
            : "there is no folder %s".formatted(template.root());
    return switch (landing.missing()) {
      case WAIT -> awaited(what);
      case FAIL ->
          new Look(
              Look.Presence.MISSING,
              List.of(),
              what + "; put the file there, or say missing = empty | wait");
      // A folder that is not there is a wrong path or a lost mount sooner than an empty year.
      case EMPTY ->
          new Look(
              Look.Presence.MISSING, List.of(), what + "; make the folder, or mend source.path");
    };
  }

  private String shown(Interval interval) {
    return interval.isAlways() ? template.text() : template.at(interval.from());
  }

  private LandedFormat format() {
    try {
      return format.get();
    } catch (IllegalArgumentException e) {
      throw wrong(e);
    }
  }

  /** Types are Spark's: a look at the folder must not start it. */
  private DeclaredColumns columns() {
    try {
      return new DeclaredColumns(spec.columns(), options, spec.origin().toString());
    } catch (IllegalArgumentException e) {
      throw wrong(e);
    }
  }

  private SourceException wrong(IllegalArgumentException e) {
    return SourceException.ofAll(spec.origin() + ": source: " + e.getMessage(), e);
  }

  @Override
  public SourceRows read(SparkSession spark, Map<Interval, Look> looks) {
    LandedFormat format = format();
    Map<String, Interval> homes = new LinkedHashMap<>();
    List<Look.Item> items = new ArrayList<>();
    looks.forEach(
        (interval, look) -> {
          for (Look.Item item : look.items()) {
            homes.put(item.id(), interval);
            // A file of no bytes has no rows, in any format.
            if (item.bytes() > 0) {
              items.add(item);
            }
          }
        });
    // Hadoop knows no zip.
    String codecs = spark.sessionState().newHadoopConf().get(CODECS, "");
    if (!codecs.contains(ZipCodec.class.getName())) {
      String zip = ZipCodec.class.getName();
      spark.conf().set(CODECS, codecs.isBlank() ? zip : codecs + "," + zip);
    }
    if (template.text().startsWith("/")) {
      // Spark would list a few dozen local files by a job of its own, which takes seconds.
      spark.conf().set("spark.sql.sources.parallelPartitionDiscovery.threshold", Integer.MAX_VALUE);
    }
    // A day that only the old parser would take is no date; by default it would end the job.
    spark.conf().set("spark.sql.legacy.timeParserPolicy", "CORRECTED");
    DeclaredColumns columns = columns();
    FileScan scan = new FileScan(spark, options, new ItemIntervals(homes), columns);
    try {
      return items.isEmpty()
          ? new SourceRows(columns.none(spark, format.columnsOfAny()))
          : format.rows(scan, items);
    } catch (ItemException e) {
      List<Interval> culprits = Culprits.of(e.items(), looks);
      String message = String.valueOf(e.getMessage());
      throw e.isPassing()
          ? SourceException.passing(message, culprits, e)
          : SourceException.definite(message, culprits, e);
    } catch (IllegalArgumentException e) {
      throw wrong(e);
    } catch (ColumnsException e) {
      throw SourceException.definite(String.valueOf(e.getMessage()), List.of(), e);
    }
  }

  @Override
  public String toString() {
    return template.text() + (every == Cadence.NONE ? "" : " by " + every.word());
  }
}
