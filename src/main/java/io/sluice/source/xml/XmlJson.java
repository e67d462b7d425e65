package io.sluice.source.xml;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructType;

/**
 * Elements as JSON, for columns of what is nested. An element that comes several times is an array;
 * one that comes once is an array only where the declared type says so.
 */
final class XmlJson {
  private static final JsonFactory JSON = new JsonFactory();
  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][-+]?\\d+)?");

  private XmlJson() {}

  static String of(List<XmlNode> nodes, Optional<DataType> type) {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = JSON.createGenerator(text)) {
      all(out, nodes, type);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static void all(JsonGenerator out, List<XmlNode> nodes, Optional<DataType> type)
      throws IOException {
    Optional<ArrayType> array = type.filter(ArrayType.class::isInstance).map(ArrayType.class::cast);
    if (nodes.size() == 1 && array.isEmpty()) {
      one(out, nodes.get(0), type);
      return;
    }
    out.writeStartArray();
    for (XmlNode node : nodes) {
      one(out, node, array.map(ArrayType::elementType));
    }
    out.writeEndArray();
  }

  private static void one(JsonGenerator out, XmlNode node, Optional<DataType> type)
      throws IOException {
    if (node.isNil) {
      out.writeNull();
      return;
    }
    boolean isStruct = type.filter(StructType.class::isInstance).isPresent();
    if (node.isPlain() && !isStruct) {
      scalar(out, node.text.toString(), type);
      return;
    }
    out.writeStartObject();
    for (Map.Entry<String, String> attribute : node.attributes.entrySet()) {
      out.writeFieldName(attribute.getKey());
      scalar(out, attribute.getValue(), field(type, attribute.getKey()));
    }
    for (Map.Entry<String, List<XmlNode>> child : node.children.entrySet()) {
      out.writeFieldName(child.getKey());
      all(out, child.getValue(), field(type, child.getKey()));
    }
    String text = node.trimmed();
    if (!text.isEmpty()) {
      out.writeFieldName(XmlNode.TEXT);
      scalar(out, text, field(type, XmlNode.TEXT));
    }
    out.writeEndObject();
  }

  /** Text, but where the declared type is of JSON's own numbers and truths. */
  private static void scalar(JsonGenerator out, String text, Optional<DataType> type)
      throws IOException {
    String value = text.strip();
    if (type.filter(NumericType.class::isInstance).isPresent() && NUMBER.matcher(value).matches()) {
      out.writeNumber(value);
    } else if (type.filter(DataTypes.BooleanType::equals).isPresent()
        && (value.equals("true") || value.equals("false"))) {
      out.writeBoolean(Boolean.parseBoolean(value));
    } else {
      out.writeString(text);
    }
  }

  private static Optional<DataType> field(Optional<DataType> type, String name) {
    return type.filter(StructType.class::isInstance)
        .map(StructType.class::cast)
        .filter(struct -> List.of(struct.fieldNames()).contains(name))
        .map(struct -> struct.apply(name).dataType());
  }
}
