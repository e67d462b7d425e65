package io.sluice.source.records;

import org.jspecify.annotations.Nullable;

/** Takes one record after the other apart; one for each slice, so that it may remember. */
@FunctionalInterface
public interface RecordParser {

  /**
   * @param bytes UTF-8, valid
   * @param length how many of them are the record
   * @param values takes a value for each of the format's columns, as Spark keeps them inside:
   *     {@code UTF8String}, days, microseconds
   */
  Parsed parse(byte[] bytes, int length, @Nullable Object[] values);
}
