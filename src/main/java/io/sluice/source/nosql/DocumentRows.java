package io.sluice.source.nosql;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Makes a row of a document: its values, what no column is for, its interval, and what is wrong.
 *
 * @param columns type of the values
 * @param zone of texts that show a civil time
 */
record DocumentRows(StructType columns, OwnInterval interval, ZoneId zone)
    implements UDF1<String, Row> {
  static final String VALUES = "values";
  static final String REST = "_rescued";
  static final String START = "start";
  static final String FAULT = "fault";

  /** A document may have 16 MB, and bytes are a third longer as text. */
  private static final ObjectMapper JSON =
      new ObjectMapper(
          JsonFactory.builder()
              .streamReadConstraints(
                  StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
              .build());

  static JsonNode parsed(String document) {
    try {
      return JSON.readTree(document);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the connector's JSON can't be read", e);
    }
  }

  StructType type() {
    return new StructType()
        .add(VALUES, columns)
        .add(REST, DataTypes.StringType)
        .add(START, DataTypes.TimestampNTZType)
        .add(FAULT, DataTypes.StringType);
  }

  @Override
  public Row call(String text) {
    JsonNode document = parsed(text);
    Optional<LocalDateTime> start = interval.of(document);
    Optional<String> fault = interval.fault(document);
    Map<String, JsonNode> rest = new TreeMap<>();
    if (start.isPresent() && fault.isEmpty()) {
      try {
        Row values = new Fitting(zone, rest).row("", document, columns);
        return RowFactory.create(values, json(rest), start.get(), null);
      } catch (Misfit e) {
        fault = Optional.of(String.valueOf(e.getMessage()));
      }
    }
    return RowFactory.create(
        RowFactory.create(new Object[columns.size()]),
        null,
        start.orElse(null),
        fault.orElse(null));
  }

  private static @Nullable String json(Map<String, JsonNode> rest) {
    if (rest.isEmpty()) {
      return null;
    }
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    object.setAll(rest);
    return object.toString();
  }
}
