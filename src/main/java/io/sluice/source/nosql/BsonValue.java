package io.sluice.source.nosql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Base64;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/**
 * A value of MongoDB in extended JSON, which says of each what it is: {@code {"$numberLong":"5"}}.
 */
record BsonValue(Kind kind, JsonNode node) {

  /** What there is a type for. */
  enum Kind {
    NULL,
    TEXT,
    BOOLEAN,
    WHOLE,
    FLOATING,
    DECIMAL,
    TIME,
    OBJECT_ID,
    BYTES,
    UUID,
    ARRAY,
    DOCUMENT,
    /** Regular expressions, code, MongoDB's own clock … */
    OTHER
  }

  static BsonValue of(JsonNode node) {
    if (node.isNull() || node.isMissingNode()) {
      return new BsonValue(Kind.NULL, node);
    }
    if (node.isTextual()) {
      return new BsonValue(Kind.TEXT, node);
    }
    if (node.isBoolean()) {
      return new BsonValue(Kind.BOOLEAN, node);
    }
    if (node.isArray()) {
      return new BsonValue(Kind.ARRAY, node);
    }
    if (node.size() >= 1 && node.size() <= 2) {
      String name = node.fieldNames().next();
      if (name.startsWith("$")) {
        return wrapped(name, node);
      }
    }
    return new BsonValue(Kind.DOCUMENT, node);
  }

  private static BsonValue wrapped(String name, JsonNode node) {
    JsonNode inner = node.path(name);
    return switch (name) {
      case "$numberInt", "$numberLong" -> new BsonValue(Kind.WHOLE, inner);
      case "$numberDouble" -> new BsonValue(Kind.FLOATING, inner);
      case "$numberDecimal" -> new BsonValue(Kind.DECIMAL, inner);
      case "$oid" -> new BsonValue(Kind.OBJECT_ID, inner);
      case "$symbol" -> new BsonValue(Kind.TEXT, inner);
      case "$date" -> new BsonValue(Kind.TIME, inner.path("$numberLong"));
      case "$uuid" -> new BsonValue(Kind.UUID, inner);
      case "$binary" ->
          new BsonValue(
              inner.path("subType").asText().equals("04") ? Kind.UUID : Kind.BYTES,
              inner.path("base64"));
      case "$undefined" -> new BsonValue(Kind.NULL, inner);
      case "$timestamp",
          "$regularExpression",
          "$code",
          "$minKey",
          "$maxKey",
          "$dbPointer",
          "$scope" ->
          new BsonValue(Kind.OTHER, node);
      default -> new BsonValue(Kind.DOCUMENT, node);
    };
  }

  /** Values of one order can be compared with each other. */
  String order() {
    return switch (kind) {
      case WHOLE, FLOATING, DECIMAL -> "number";
      case BYTES, UUID -> "binary";
      case OTHER -> node.fieldNames().next();
      default -> kind.name().toLowerCase(Locale.ROOT);
    };
  }

  boolean isNull() {
    return kind == Kind.NULL;
  }

  /** Milliseconds since 1970 of a {@link Kind#TIME}. */
  long millis() {
    return Long.parseLong(node.asText());
  }

  /** The moment that is in an {@link Kind#OBJECT_ID}. */
  Instant created() {
    return Instant.ofEpochSecond(Long.parseLong(node.asText().substring(0, 8), 16));
  }

  byte[] bytes() {
    return Base64.getDecoder().decode(node.asText());
  }

  /** As a person writes it; JSON where it is nested. */
  String text() {
    return switch (kind) {
      case TEXT, BOOLEAN, WHOLE, FLOATING, DECIMAL, OBJECT_ID, BYTES -> node.asText();
      case NULL, ARRAY, DOCUMENT, OTHER -> plain().toString();
      case TIME -> time();
      case UUID -> uuid();
    };
  }

  /** Plain JSON, without what says of each value what it is. */
  JsonNode plain() {
    JsonNodeFactory nodes = JsonNodeFactory.withExactBigDecimals(true);
    return switch (kind) {
      case NULL -> nodes.nullNode();
      case TEXT, BOOLEAN, OTHER -> node;
      case WHOLE -> nodes.numberNode(Long.parseLong(node.asText()));
      case FLOATING, DECIMAL ->
          isFinite() ? nodes.numberNode(new BigDecimal(node.asText())) : nodes.textNode(text());
      case TIME, OBJECT_ID, BYTES, UUID -> nodes.textNode(text());
      case ARRAY -> {
        ArrayNode array = nodes.arrayNode();
        node.forEach(element -> array.add(of(element).plain()));
        yield array;
      }
      case DOCUMENT -> {
        ObjectNode object = nodes.objectNode();
        Iterator<Map.Entry<String, JsonNode>> fields = node.fields();
        while (fields.hasNext()) {
          Map.Entry<String, JsonNode> field = fields.next();
          object.set(field.getKey(), of(field.getValue()).plain());
        }
        yield object;
      }
    };
  }

  /** Whether a number is one, and neither infinite nor none. */
  boolean isFinite() {
    return !node.asText().matches(".*[Nn].*");
  }

  private String time() {
    return Instant.ofEpochMilli(millis()).toString();
  }

  private String uuid() {
    if (node.asText().contains("-")) {
      return node.asText();
    }
    ByteBuffer bytes = ByteBuffer.wrap(bytes());
    return bytes.remaining() == 16
        ? new UUID(bytes.getLong(), bytes.getLong()).toString()
        : node.asText();
  }
}
