package io.sluice.source.xml;

import static io.sluice.source.LandingFolder.days;
import static io.sluice.source.Rows.read;
import static io.sluice.source.Rows.shown;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.Source;
import io.sluice.api.SourceException;
import io.sluice.lake.SourceSpec;
import io.sluice.source.LandingFolder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class XmlFormatTest {
  @TempDir Path temp;

  @Test
  void attributesAndChildrenAreColumnsAndWhatIsNestedIsJson() {
    LandingFolder landing =
        new LandingFolder(temp)
            .file(
                "2011-01-01.xml",
                """
                <?xml version="1.0" encoding="UTF-8"?>
                <s:orders xmlns:s="urn:shop" xmlns:x="http://www.w3.org/2001/XMLSchema-instance">
                  <s:order id="1"><s:name> Ann &amp; Bo </s:name><s:line n="1">5</s:line><s:line n="2"/></s:order>
                  <s:order id="2"><s:name x:nil="true"/><s:line>6</s:line><s:to><s:city>Rome</s:city></s:to></s:order>
                </s:orders>
                """)
            .file(
                "2011-01-02.xml",
                "<t:orders xmlns:t='urn:shop'><t:order>just text</t:order></t:orders>");

    Dataset<Row> rows =
        read(source(landing, "order", Map.of("shop", "urn:shop"), Optional.empty()), two());

    assertEquals(
        List.of(
            "[1, Ann & Bo ,[{\"_n\":\"1\",\"_VALUE\":\"5\"},{\"_n\":\"2\"}],null,null,2011-01-01T00:00]",
            "[2,null,6,{\"shop:city\":\"Rome\"},null,2011-01-01T00:00]",
            "[null,null,null,null,just text,2011-01-02T00:00]"),
        shown(
            rows, "_id", "`shop:name`", "`shop:line`", "`shop:to`", "_VALUE", "_sluice_interval"));
  }

  @Test
  void aPrefixMeansWhatTheNearestElementAroundSaysItDoes() {
    LandingFolder landing =
        new LandingFolder(temp)
            .file(
                "2011-01-01.xml",
                "<all xmlns:p='urn:one'><in xmlns:p='urn:two' xmlns='urn:three'>"
                    + "<o p:n='1'/><o p:n='2' xmlns:p='urn:one'/></in>"
                    + "<o p:n='3'/><o p:n='4' xmlns:q='urn:two' q:n='5'/></all>");

    Dataset<Row> rows =
        read(
            source(landing, "o", Map.of("one", "urn:one", "two", "urn:two"), Optional.empty()),
            two());

    assertEquals(
        List.of("[2,null]", "[3,null]", "[4,5]", "[null,1]"), shown(rows, "`_one:n`", "`_two:n`"));
  }

  @Test
  void declaredColumnsAreTypedHoweverOftenAnElementComes() {
    LandingFolder landing =
        new LandingFolder(temp)
            .column("_id", "id", "int")
            .column("tag", "tags", "array<string>")
            .column("line", "line", "struct<_n: int, part: array<string>>")
            .file(
                "2011-01-01.xml",
                "<all><o id='1'><tag>a</tag><line n='7'><part>x</part></line></o>\n"
                    + "<o id='2'><tag>a</tag><tag>b</tag></o>\n<o id='three'/>\n"
                    + "<o id='4'><line n='x'/></o></all>");

    Dataset<Row> rows = read(source(landing, "o", Map.of(), Optional.empty()), two());

    assertEquals(
        List.of(
            "[1,[\"a\"],{\"_n\":7,\"part\":[\"x\"]},null]",
            "[2,[\"a\",\"b\"],null,null]",
            "[4,null,{},line 4: line: '{\"_n\":\"x\"}' is not a STRUCT<_n: INT, part: ARRAY<STRING>>]",
            "[null,null,null,line 3: _id: 'three' is not an INT]"),
        shown(rows, "id", "to_json(tags)", "to_json(line)", "_sluice_rejected"));
  }

  @Test
  void anElementThatCantBeReadGoesToQuarantineAsReceived() {
    LandingFolder landing =
        new LandingFolder(temp)
            .file(
                "2011-01-01.xml",
                "<!DOCTYPE all [<!ENTITY e SYSTEM 'file:///etc/passwd'><!ENTITY b 'x'>]>\n"
                    + "<all><o><a>1</a></o>\n<o><a>2</b></o>\n<o><a>&e;&b;</a></o>\n<o><q:a/></o></all>");

    Dataset<Row> rows = read(source(landing, "o", Map.of(), Optional.empty()), two());

    List<String> told = shown(rows, "a", "_sluice_rejected", "_sluice_raw");
    assertEquals("[1,null,null]", told.get(0));
    assertEquals(4, told.size());
    assertTrue(
        told.get(1).startsWith("[null,line 3: the element is not well-formed: ")
            && told.get(1).endsWith(",<o><a>2</b></o>]"),
        told.toString());
    assertTrue(told.get(2).contains("line 4: ") && told.get(2).contains("\"e\""), told.toString());
    assertTrue(told.get(3).contains("line 5: ") && told.get(3).contains("q"), told.toString());
    assertTrue(told.stream().noneMatch(row -> row.contains("root:")), told.toString());
  }

  @Test
  void aFileSaysItselfHowItIsWritten() {
    String text = "<?xml version='1.0' encoding='%s'?><all><o><a>Grüße €</a></o></all>";
    LandingFolder landing =
        new LandingFolder(temp)
            .file("2011-01-01.xml", text.formatted("UTF-16"), StandardCharsets.UTF_16)
            .bytes(
                "2011-01-02.xml",
                text.formatted("windows-1252")
                    .getBytes(java.nio.charset.Charset.forName("windows-1252")));

    Dataset<Row> rows = read(source(landing, "o", Map.of(), Optional.empty()), two());

    assertEquals(List.of("[Grüße €,null]", "[Grüße €,null]"), shown(rows, "a", "_sluice_rejected"));
  }

  @Test
  void anElementThatBreaksItsSchemaGoesToQuarantine() {
    String schema =
        """
        <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
          <xs:element name="o"><xs:complexType><xs:sequence>
            <xs:element name="n" type="xs:int"/>
          </xs:sequence></xs:complexType></xs:element>
        </xs:schema>
        """;
    LandingFolder landing =
        new LandingFolder(temp)
            .file("order.xsd", schema)
            .file("2011-01-01.xml", "<all><o><n>1</n></o>\n<o><n>one</n></o><o/></all>");
    String xsd = "file:" + temp.resolve("order.xsd");

    List<String> told =
        shown(
            read(source(landing, "o", Map.of(), Optional.of(xsd)), two()), "n", "_sluice_rejected");

    assertEquals("[1,null]", told.get(0));
    assertTrue(told.get(1).startsWith("[null,line 2: the element is not as the schema says: "));
    assertEquals(3, told.size());

    landing.file("order.xsd", schema.replace("xs:int", "xs:itn"));
    SourceException wrong =
        assertThrows(
            SourceException.class,
            () -> read(source(landing, "o", Map.of(), Optional.of(xsd)), two()));
    assertTrue(
        String.valueOf(wrong.getMessage()).startsWith("jobs/raw/t.conf:3: source: xsd: "),
        wrong.getMessage());
  }

  private static List<io.sluice.time.Interval> two() {
    return days("2011-01-01", "2011-01-02");
  }

  private static Source source(
      LandingFolder landing, String row, Map<String, String> namespaces, Optional<String> xsd) {
    return landing.source(
        new SourceSpec.Xml(
            landing.landing("{yyyy-MM-dd}.xml"), row, namespaces, xsd, Optional.empty()));
  }
}
