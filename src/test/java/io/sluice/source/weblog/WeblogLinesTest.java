package io.sluice.source.weblog;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.lake.SourceSpec;
import io.sluice.source.records.Extent;
import io.sluice.source.records.Parsed;
import io.sluice.source.records.RecordFiles;
import io.sluice.source.records.RecordFormat;
import io.sluice.source.records.RecordParser;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.types.StructField;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is read of a line, in each form; without Spark. */
class WeblogLinesTest {

  @Test
  void aCombinedLogHasAColumnForEachValue() throws IOException {
    assertEquals(
        List.of(
            "client=1.2.3.4 user=frank time=2015-05-17T08:05:03Z method=GET path=/a b query=x=1&y=?"
                + " protocol=HTTP/1.1 status=200 bytes=23 referer=http://a/?q=\\\"b\\\""
                + " agent=Mozilla/5.0 (X11; \\\"q\\\")"),
        read(
            "combined",
            "1.2.3.4 - frank [17/May/2015:10:05:03 +0200] \"GET /a b?x=1&y=? HTTP/1.1\" 200 23"
                + " \"http://a/?q=\\\"b\\\"\" \"Mozilla/5.0 (X11; \\\"q\\\")\""));
  }

  @Test
  void aHyphenIsNothingAndNoBytesAreNone() throws IOException {
    assertEquals(
        List.of("client=::1 time=2015-12-31T23:59:59Z bytes=0"),
        read("common", "::1 - - [31/Dec/2015:18:59:59 -0500] \"-\" - -"));
  }

  @Test
  void whatIsNoRequestIsKeptAsThePath() throws IOException {
    assertEquals(
        List.of(
            "client=h time=2015-05-17T10:05:03Z path=\\x16\\x03\\x01 status=400 bytes=0",
            "client=h time=2015-05-17T10:05:03Z method=GET path=/ status=200 bytes=0",
            "client=h time=2015-05-17T10:05:03Z path=quit now status=400 bytes=0"),
        read(
            "common",
            "h - - [17/May/2015:10:05:03 +0000] \"\\x16\\x03\\x01\" 400 0",
            "h - - [17/May/2015:10:05:03 +0000] \"GET /\" 200 0",
            "h - - [17/May/2015:10:05:03 +0000] \"quit now\" 400 0"));
  }

  @Test
  void aLineThatDoesNotFitSaysWhereItEnds() throws IOException {
    String line = "h - - [17/May/2015:10:05:03 +0000] \"GET / HTTP/1.1\" 200 5 \"-\" ";
    assertEquals(
        List.of(
            "! the line does not fit the format from character 64 on, where agent is looked for",
            "! more follows from character 66 on",
            "! time: '37/May/2015:10:05:03 +0000' is not like 17/May/2015:10:05:03 +0000",
            "! status: '2OO' is not a whole number",
            "! the line does not fit the format from character 1 on, where client is looked for"),
        read(
            "combined",
            line + "\"curl",
            line + "\"c\" 5",
            line.replace("[17", "[37") + "\"c\"",
            line.replace("200", "2OO") + "\"c\"",
            "garbage"));
  }

  @Test
  void aMonthThatIsNoneIsNotJanuary() throws IOException {
    for (String month : List.of("MAY", "Mai", "anF", "Jum")) {
      assertEquals(
          List.of(
              "! time: '17/%s/2015:10:05:03 +0000' is not like 17/May/2015:10:05:03 +0000"
                  .formatted(month)),
          read(
              "common",
              "h - - [17/%s/2015:10:05:03 +0000] \"GET / HTTP/1.1\" 200 5".formatted(month)));
    }
  }

  @Test
  void aFormatStringOfApacheIsReadAsItStandsInItsConfiguration() throws IOException {
    assertEquals(
        List.of(
            "server=shop client=1.2.3.4 time=2015-05-17T10:05:03Z method=GET path=/ protocol=HTTP/2.0"
                + " status=304 bytes=0 duration_micros=1523 x_forwarded_for=9.9.9.9, 8.8.8.8"),
        read(
            "%v %h [%{%Y-%m-%d %H:%M:%S}t] \\\"%r\\\" %>s %B %D \\\"%{X-Forwarded-For}i\\\"",
            "shop 1.2.3.4 [2015-05-17 10:05:03] \"GET / HTTP/2.0\" 304 0 1523 \"9.9.9.9, 8.8.8.8\""));
  }

  @Test
  void timesWithoutAZoneAreOfTheZoneThatIsSaid() throws IOException {
    assertEquals(
        List.of("time=2015-05-17T09:05:03Z client=h"),
        read(
            log("%{%d.%m.%Y %T}t %h", Map.of(), "Europe/London"),
            List.of(),
            "17.05.2015 10:05:03 h"));
  }

  @Test
  void aFormatStringOfNginxIsReadToo() throws IOException {
    assertEquals(
        List.of(
            "client=1.2.3.4 time=2015-05-17T10:05:03Z method=GET path=/a query=b protocol=HTTP/1.1"
                + " status=200 bytes=5 request_time=0.042 upstream_addr=10.0.0.1:80"),
        read(
            "$remote_addr [$time_iso8601] \"$request\" $status $body_bytes_sent rt=$request_time ua=\"$upstream_addr\"",
            "1.2.3.4 [2015-05-17T12:05:03+02:00] \"GET /a?b HTTP/1.1\" 200 5 rt=0.042 ua=\"10.0.0.1:80\""));
  }

  @Test
  void aLogOfIisNamesItsValuesItself() throws IOException {
    assertEquals(
        List.of(
            "! no #Fields line stands before it, which would name its values",
            "client=9.9.9.9 time=2015-05-17T10:05:03Z method=GET path=/a query=b=1 status=200"
                + " agent=Mozilla/5.0+(X) _rescued={\"s-ip\":\"10.0.0.1\",\"time-taken\":\"15\"}",
            "! it has 3 values where #Fields names 9",
            "client=8.8.8.8 user=anna time=2015-05-18T00:00:01Z"),
        read(
            "w3c",
            "2015-05-17 10:05:03 GET",
            "#Software: Microsoft Internet Information Services 10.0",
            "#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query c-ip cs(User-Agent) sc-status time-taken",
            "2015-05-17 10:05:03 10.0.0.1 GET /a b=1 9.9.9.9 Mozilla/5.0+(X) 200 15",
            "#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query c-ip cs(User-Agent) sc-status",
            "2015-05-17 10:05:03 10.0.0.1",
            "#Date: 2015-05-18 00:00:00",
            "#Fields: time c-ip cs-username",
            "00:00:01 8.8.8.8 anna"));
  }

  @Test
  void aDateThatIsDeclaredStillMakesTheTime() throws IOException {
    assertEquals(
        List.of("time=2015-05-18T00:00:01Z date=2015-05-18"),
        read(
            log("w3c", Map.of(), "UTC"),
            List.of("date"),
            "#Date: 2015-05-17 00:00:00",
            "#Fields: date time",
            "2015-05-18 00:00:01"));
  }

  @Test
  void numbersOfAJsonLogKeepTheirDigits() throws IOException {
    assertEquals(
        List.of(
            "time=2015-05-17T10:05:03.250001Z _rescued={\"a\" : 1700000000.123456789,\"b\":[1.10]}",
            "! time: '1e100000000' is not a time in a known form: ISO 8601, 17/May/2015:10:05:03"
                + " +0000, or seconds since 1970"),
        read(
            log("json", Map.of(), "UTC"),
            List.of(),
            "{\"a\" : 1700000000.123456789, \"ts\": 1431857103250001, \"b\":[1.10] }",
            "{\"ts\": \"1e100000000\"}"));
    List<String> deep =
        read(log("json", Map.of(), "UTC"), List.of(), "{\"a\":" + "[".repeat(2_000) + "}");
    assertEquals(1, deep.size());
    assertEquals("! the line is not a JSON object:", deep.get(0).substring(0, 32));
  }

  @Test
  void aLogOfJsonLinesIsReadByTheUsualNamesOrThoseThatAreGiven() throws IOException {
    assertEquals(
        List.of(
            "client=1.2.3.4 time=2015-05-17T10:05:03Z method=GET path=/a query=b protocol=HTTP/1.1"
                + " status=200 bytes=5 agent=curl tenant=acme"
                + " _rescued={\"tags\":[1,{\"a\":null}],\"ok\":true}",
            "client=9.9.9.9 time=2015-05-17T10:05:03.250Z _rescued={\"remote_addr\":\"1.2.3.4\"}",
            "! the line is not a JSON object",
            "! more follows after the JSON object",
            "! time: 'noon' is not a time in a known form: ISO 8601, 17/May/2015:10:05:03 +0000, or"
                + " seconds since 1970"),
        read(
            log("json", Map.of("client", "real_ip"), "UTC"),
            List.of("tenant"),
            "{\"real_ip\":\"1.2.3.4\",\"time_local\":\"17/May/2015:10:05:03 +0000\",\"request\":\"GET /a?b HTTP/1.1\","
                + "\"status\":200,\"body_bytes_sent\":\"5\",\"http_user_agent\":\"curl\",\"tags\":[1,{\"a\":null}],"
                + "\"ok\":true,\"tenant\":\"acme\"}",
            "{\"remote_addr\":\"1.2.3.4\",\"real_ip\":\"9.9.9.9\",\"ts\":1431857103.25}",
            "[1]",
            "{\"status\":200} {}",
            "{\"time\":\"noon\"}"));
  }

  private static List<String> read(String format, String... lines) throws IOException {
    return read(log(format, Map.of(), "UTC"), List.of(), lines);
  }

  private static SourceSpec.Weblog log(String format, Map<String, String> fields, String zone) {
    return new SourceSpec.Weblog(
        new SourceSpec.Landing("/logs/a.log", SourceSpec.Missing.EMPTY),
        format,
        fields,
        ZoneId.of(zone),
        "UTF-8");
  }

  /** Each row as name=value, what is NULL left out; faults after an exclamation mark. */
  private static List<String> read(SourceSpec.Weblog log, List<String> declared, String... lines)
      throws IOException {
    RecordFormat format = ((RecordFiles) WeblogFormat.of(log, declared)).format();
    StructField[] columns = format.columns().fields();
    RecordParser parser = format.open(new ByteArrayInputStream(new byte[0]), Extent.WHOLE).parser();
    List<String> rows = new ArrayList<>();
    for (String line : lines) {
      byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
      @Nullable Object[] values = new @Nullable Object[columns.length];
      Parsed parsed = parser.parse(bytes, bytes.length, values);
      if (parsed instanceof Parsed.Fault fault) {
        rows.add("! " + fault.why());
      } else if (parsed instanceof Parsed.Row) {
        rows.add(shown(columns, values));
      }
    }
    return rows;
  }

  private static String shown(StructField[] columns, @Nullable Object[] values) {
    List<String> shown = new ArrayList<>();
    for (int i = 0; i < columns.length; i++) {
      Object value = values[i];
      if (value != null) {
        boolean isTime = columns[i].name().equals("time");
        shown.add(
            columns[i].name()
                + "="
                + (isTime
                    ? Instant.EPOCH.plusNanos(1000 * (Long) value).toString()
                    : value.toString()));
      }
    }
    return String.join(" ", shown);
  }
}
