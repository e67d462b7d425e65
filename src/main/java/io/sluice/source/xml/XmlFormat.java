package io.sluice.source.xml;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.split;

import io.sluice.api.Look;
import io.sluice.api.SourceRows;
import io.sluice.lake.SourceSpec;
import io.sluice.source.landing.FileScan;
import io.sluice.source.landing.ItemBytes;
import io.sluice.source.landing.LandedFormat;
import io.sluice.source.records.RecordFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;

/**
 * XML files: an element of one name is a row, its attributes and child elements are columns of
 * text; what is nested or comes several times is JSON. Which there are is only known when all were
 * seen, so files are read twice.
 */
public final class XmlFormat implements LandedFormat {

  private final XmlRecords records;
  private final Optional<String> xsd;
  private final List<String> declared;

  private XmlFormat(XmlRecords records, Optional<String> xsd, List<String> declared) {
    this.records = records;
    this.xsd = xsd;
    this.declared = declared;
  }

  /**
   * @param columns that the definition declares
   * @throws IllegalArgumentException where a schema is none
   */
  public static LandedFormat of(SourceSpec.Xml xml, List<SourceSpec.Column> columns) {
    HashMap<String, String> prefixes = new HashMap<>();
    xml.namespaces().forEach((prefix, namespace) -> prefixes.put(namespace, prefix));
    HashMap<String, DataType> types = new HashMap<>();
    for (SourceSpec.Column column : columns) {
      column.type().ifPresent(type -> types.put(column.received(), DataType.fromDDL(type)));
    }
    return new XmlFormat(
        new XmlRecords(
            RowPath.parse(xml.row()),
            prefixes,
            "",
            xml.encoding().orElse(""),
            new ArrayList<>(),
            types),
        xml.xsd(),
        columns.stream().map(SourceSpec.Column::received).toList());
  }

  /** The schema's bytes, each as a character; checked before any file is read. */
  private static String text(String path, SparkSession spark) {
    try (InputStream bytes = ItemBytes.open(path, spark.sessionState().newHadoopConf())) {
      String text = new String(bytes.readAllBytes(), StandardCharsets.ISO_8859_1);
      XsdCheck.of(text);
      return text;
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "xsd: %s can't be read: %s; correct the path".formatted(path, e.getMessage()), e);
    }
  }

  @Override
  public SourceRows rows(FileScan scan, List<Look.Item> items) {
    String schema = xsd.map(path -> text(path, scan.spark())).orElse("");
    Set<String> names = new LinkedHashSet<>(declared);
    names.addAll(
        new RecordFiles(records)
                .read(scan, items)
                .select(explode(split(col(XmlRecords.NAMES), "\n")).as("name"))
                .where(col("name").isNotNull())
                .distinct()
                .as(Encoders.STRING())
                .collectAsList()
                .stream()
                .sorted()
                .toList());
    if (names.isEmpty()) {
      names.add(XmlNode.TEXT);
    }
    return new RecordFiles(records.with(names, schema)).rows(scan, items);
  }
}
