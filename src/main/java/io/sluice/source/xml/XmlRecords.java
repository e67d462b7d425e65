package io.sluice.source.xml;

import io.sluice.source.records.Extent;
import io.sluice.source.records.Parsed;
import io.sluice.source.records.RecordFormat;
import io.sluice.source.records.Records;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * Elements as rows.
 *
 * @param prefixes of namespaces
 * @param xsd the schema's bytes, each as a character; empty where none is held
 * @param encoding empty where the files say it themselves
 * @param names of attributes and child elements that are columns; empty to find them
 * @param types of those columns whose type the definition gives
 */
record XmlRecords(
    RowPath path,
    HashMap<String, String> prefixes,
    String xsd,
    String encoding,
    ArrayList<String> names,
    HashMap<String, DataType> types)
    implements RecordFormat {

  /** The one column where names are looked for: those that were not seen before, a line each. */
  static final String NAMES = "names";

  private static final Pattern DECLARED =
      Pattern.compile("^\\s*<\\?xml[^>]*\\sencoding\\s*=\\s*[\"']([A-Za-z][\\w.-]*)[\"']");

  XmlRecords with(Collection<String> found, String schema) {
    return new XmlRecords(path, prefixes, schema, encoding, new ArrayList<>(found), types);
  }

  @Override
  public StructType columns() {
    StructType columns = new StructType();
    for (String name : names.isEmpty() ? List.of(NAMES) : names) {
      columns = columns.add(name, DataTypes.StringType);
    }
    return columns;
  }

  /** As XML 1.0 says it in appendix F: a byte-order mark, or what the file says, or UTF-8. */
  @Override
  public String encoding(byte[] head) {
    if (!encoding.isEmpty()) {
      return encoding;
    }
    if (head.length >= 2 && (head[0] & 0xFF) + (head[1] & 0xFF) == 0xFF + 0xFE && head[0] != 0) {
      return "UTF-16";
    }
    if (head.length >= 2 && (head[0] == 0) != (head[1] == 0)) {
      return head[0] == 0 ? "UTF-16BE" : "UTF-16LE";
    }
    String text =
        new String(head, StandardCharsets.ISO_8859_1).replaceFirst("^\u00EF\u00BB\u00BF", "");
    Matcher declared = DECLARED.matcher(text);
    return declared.find() ? declared.group(1) : "UTF-8";
  }

  @Override
  public boolean mayBeginAnywhere() {
    return false;
  }

  @Override
  public Records open(InputStream text, Extent extent) {
    XmlCutter cutter = new XmlCutter(text, extent, path);
    Optional<XsdCheck> check = xsd.isEmpty() ? Optional.empty() : Optional.of(XsdCheck.of(xsd));
    XmlParser.Taker taker = names.isEmpty() ? new Finding() : new Filling(indexes(), types);
    return new Records(cutter, new XmlParser(cutter, new Prefixes(prefixes), check, taker));
  }

  private Map<String, Integer> indexes() {
    Map<String, Integer> indexes = new HashMap<>();
    names.forEach(name -> indexes.put(name, indexes.size()));
    return indexes;
  }

  /** Looks for names. */
  private static final class Finding implements XmlParser.Taker {
    private final Set<String> seen = new HashSet<>();

    @Override
    public Parsed take(XmlNode node, @Nullable Object[] values) {
      List<String> added = new ArrayList<>();
      node.attributes.keySet().stream().filter(seen::add).forEach(added::add);
      node.children.keySet().stream().filter(seen::add).forEach(added::add);
      if (!node.trimmed().isEmpty() && seen.add(XmlNode.TEXT)) {
        added.add(XmlNode.TEXT);
      }
      values[0] = UTF8String.fromString(String.join("\n", added));
      return added.isEmpty() ? Parsed.NOTHING : Parsed.ROW;
    }
  }

  /** Fills columns. */
  private record Filling(Map<String, Integer> indexes, Map<String, DataType> types)
      implements XmlParser.Taker {

    @Override
    public Parsed take(XmlNode node, @Nullable Object[] values) {
      node.attributes.forEach((name, value) -> put(values, name, value));
      node.children.forEach((name, nodes) -> put(values, name, text(name, nodes)));
      String own = node.trimmed();
      if (!own.isEmpty()) {
        put(values, XmlNode.TEXT, own);
      }
      return Parsed.ROW;
    }

    private void put(@Nullable Object[] values, String name, @Nullable String text) {
      Integer index = indexes.get(name);
      if (index != null && text != null) {
        values[index] = UTF8String.fromString(text);
      }
    }

    private @Nullable String text(String name, List<XmlNode> nodes) {
      Optional<DataType> type = Optional.ofNullable(types.get(name));
      XmlNode first = nodes.get(0);
      boolean isArray = type.filter(one -> one.typeName().equals("array")).isPresent();
      if (nodes.size() > 1 || isArray || !first.isPlain()) {
        return XmlJson.of(nodes, type);
      }
      return first.isNil ? null : first.text.toString();
    }
  }
}
