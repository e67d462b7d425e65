package io.sluice.table.commit;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Chooses how versions get into the logs of tables: where Delta's own way does not keep two
 * processes apart, ours, if the class path can do it. Loads nothing of Spark, Delta or Hadoop.
 */
public final class SafeCommits {
  private static final String ONE_FOR_ALL = "delta.logStore.class";
  private static final String SPARK = "spark.";
  private static final String OURS = "io.sluice.table.commit.";
  private static final Map<String, String> STORES =
      Map.of("file", OURS + "HardLinkLogStore", "s3a", OURS + "ConditionalPutLogStore");

  /** Of other makers, and as safe. */
  private static final Set<String> SAFE = Set.of("io.delta.storage.S3DynamoDBLogStore");

  private static final String CONDITIONAL = "fs.s3a.create.conditional.enabled";

  private SafeCommits() {}

  /** The setting that says who commits to tables of a scheme. */
  public static String key(String scheme) {
    return SPARK + "delta.logStore." + scheme + ".impl";
  }

  /**
   * What to set of Spark before it starts.
   *
   * @param settings what others have set
   */
  public static Map<String, String> settings(Function<String, Optional<String>> settings) {
    return settings(settings, SafeCommits::knowsConditionalPuts);
  }

  static Map<String, String> settings(
      Function<String, Optional<String>> settings, BooleanSupplier hasConditionalPuts) {
    Map<String, String> chosen = new LinkedHashMap<>();
    STORES.forEach(
        (scheme, store) -> {
          if (given(scheme, settings).isEmpty()
              && isPossible(scheme, settings, hasConditionalPuts)) {
            chosen.put(key(scheme), store);
          }
        });
    return chosen;
  }

  /** Why two drivers may lose each other's commits to tables under this root; empty if not. */
  public static Optional<String> doubt(String root, Function<String, Optional<String>> settings) {
    return doubt(root, settings, SafeCommits::knowsConditionalPuts);
  }

  static Optional<String> doubt(
      String root,
      Function<String, Optional<String>> settings,
      BooleanSupplier hasConditionalPuts) {
    String scheme = scheme(root);
    String ours = STORES.get(scheme);
    if (ours == null) {
      return Optional.empty();
    }
    Optional<String> given = given(scheme, settings);
    if (given.isPresent()) {
      return given.get().equals(ours) || SAFE.contains(given.get())
          ? Optional.empty()
          : Optional.of(
              "%s is set to commit there: leave %s out".formatted(given.get(), key(scheme)));
    }
    if (isPossible(scheme, settings, hasConditionalPuts)) {
      return Optional.empty();
    }
    return Optional.of(
        isOff(settings)
            ? "%s is false: leave it out where the storage knows If-None-Match"
                .formatted(CONDITIONAL)
            : "the hadoop-aws on the class path knows no conditional PUT: take 3.4.2 or newer");
  }

  private static String scheme(String root) {
    int colon = root.indexOf(':');
    return colon < 0 ? "file" : root.substring(0, colon);
  }

  private static Optional<String> given(
      String scheme, Function<String, Optional<String>> settings) {
    String key = key(scheme);
    return settings
        .apply(SPARK + ONE_FOR_ALL)
        .or(() -> settings.apply(ONE_FOR_ALL))
        .or(() -> settings.apply(key))
        .or(() -> settings.apply(key.substring(SPARK.length())));
  }

  private static boolean isPossible(
      String scheme,
      Function<String, Optional<String>> settings,
      BooleanSupplier hasConditionalPuts) {
    return !scheme.equals("s3a") || !isOff(settings) && hasConditionalPuts.getAsBoolean();
  }

  private static boolean isOff(Function<String, Optional<String>> settings) {
    return settings
        .apply("spark.hadoop." + CONDITIONAL)
        .filter(value -> value.strip().equalsIgnoreCase("false"))
        .isPresent();
  }

  /** By a constant, so that no file system is opened to find out. */
  private static boolean knowsConditionalPuts() {
    try {
      Class<?> constants =
          Class.forName(
              "org.apache.hadoop.fs.s3a.Constants", false, SafeCommits.class.getClassLoader());
      return Stream.of(constants.getFields())
          .anyMatch(field -> field.getName().equals("FS_S3A_CONDITIONAL_CREATE_ENABLED"));
    } catch (ReflectiveOperationException | LinkageError e) {
      return false;
    }
  }
}
