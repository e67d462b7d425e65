package io.sluice.source.columns;

import com.fasterxml.jackson.core.JsonFactory;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.catalyst.json.JSONOptions;
import scala.collection.immutable.Map$;

/** Those of a reader's options that are about the JSON itself, for what takes JSON apart. */
public final class JsonOptions {
  private static final Set<String> FORMATS =
      Set.of("dateformat", "timestampformat", "timestampntzformat");

  private JsonOptions() {}

  public static Map<String, String> of(Map<String, String> options) {
    Map<String, String> passed = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    options.forEach(
        (name, value) -> {
          String lower = name.toLowerCase(Locale.ROOT);
          if (lower.startsWith("allow") || FORMATS.contains(lower)) {
            passed.put(name, value);
          }
        });
    return passed;
  }

  /** Reads the same JSON as Spark's functions do with these options. */
  public static JsonFactory factory(Map<String, String> options) {
    Map$ maps = Map$.MODULE$;
    scala.collection.immutable.Map<String, String> asSpark = maps.empty();
    for (Map.Entry<String, String> option : options.entrySet()) {
      asSpark = asSpark.updated(option.getKey(), option.getValue());
    }
    return new JSONOptions(asSpark, "UTC", "").buildJsonFactory();
  }
}
