package io.sluice.source.landing;

import java.io.Serializable;
import java.util.HashMap;
import org.apache.spark.sql.api.java.UDF1;

/** What is known of a row's file. Runs on executors. */
public record ByPath<T>(HashMap<String, T> values) implements UDF1<String, T>, Serializable {
  @Override
  public T call(String path) {
    T value = values.get(path);
    if (value == null) {
      throw new IllegalStateException("Read a file that was not looked at: " + path);
    }
    return value;
  }
}
