package io.sluice.source.xml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.source.records.Extent;
import io.sluice.testing.XmlOrders;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which elements are found in a text, on which line, and what is wrong around them. */
class XmlCutterTest {

  @Test
  void eachElementOfTheNameIsARecord() throws IOException {
    assertEquals(
        List.of("3 <o id='1'><a>x</a></o>", "4 <o id=\"2>1\"/>", "5 <o\n>\n</o>", "8 <p:o/>"),
        cut(
            "o",
            "<?xml version='1.0'?>\n<all><!-- <o>no</o> -->\n<o id='1'><a>x</a></o>\n<o id=\"2>1\"/>"
                + "\n<o\n>\n</o><other/>\n<p:o/><![CDATA[<o/>]]></all>\n"));
  }

  @Test
  void anElementMayHoldItsOwnKind() throws IOException {
    assertEquals(
        List.of("1 <o><o/><b><o>x</o></b></o>", "1 <o/>"),
        cut("o", "<all><o><o/><b><o>x</o></b></o><o/></all>"));
  }

  @Test
  void aPathSaysWhichOfManyAreMeant() throws IOException {
    assertEquals(
        List.of("1 <Cube c='USD'/>", "1 <Cube c='JPY'/>"),
        cut(
            "Envelope/Cube/Cube/Cube",
            "<g:Envelope><Cube><Cube time='1'><Cube c='USD'/><Cube c='JPY'/></Cube></Cube></g:Envelope>"));
    assertEquals(List.of("1 <b>2</b>"), cut("a/b", "<r><b>1</b><a><b>2</b></a></r>"));
  }

  @Test
  void anElementThatIsNotClosedEndsWhereTheNextBegins() throws IOException {
    assertEquals(
        List.of(
            "1 <o>1</o>",
            "2 ! <o> is not closed before the next one begins: <o>2\n",
            "3 <o>3</o>",
            "4 <o>4</o>"),
        cut("o", "<all><o>1</o>\n<o>2\n<o>3</o>\n<o>4</o></all>"));
  }

  @Test
  void anElementThatIsTooLongCostsNoneOfThoseAfterIt() throws IOException {
    List<String> found =
        cut(
            "o",
            "<all><o>" + "x".repeat(17 << 20) + "<a/></o>" + "<o>1</o>".repeat(1_000) + "</all>");
    assertEquals(1_002, found.size());
    assertTrue(found.get(1).startsWith("1 ! </o> stands where </all> is looked for"), found.get(1));
    assertTrue(
        found.get(0).startsWith("1 ! <o> is longer than 16,777,216 bytes"),
        found.get(0).substring(0, 80));
    assertEquals("1 <o>1</o>", found.get(1_001));
  }

  @Test
  void aFileThatBreaksOffIsNoticedWhereverItDoes() throws IOException {
    assertEquals(
        List.of("1 <o>1</o>", "2 ! the file ends inside <o>: <o>2<"),
        cut("o", "<all><o>1</o>\n<o>2<"));
    assertEquals(
        List.of("1 <o>1</o>", "1 ! the file ends inside <all>: it is cut off: \n"),
        cut("o", "<all><o>1</o>\n"));
    assertEquals(
        List.of("1 <o>1</o>", "1 ! the file ends inside <all>: it is cut off: <o a='"),
        cut("o", "<all><o>1</o><o a='"));
  }

  @Test
  void whatIsNoXmlIsNotTakenForNothing() throws IOException {
    assertEquals(List.of("1 ! this is no XML: Not found"), cut("o", "Not found"));
    assertEquals(
        List.of("1 <o/>", "1 ! more follows behind the last element: </a>garbage"),
        cut("o", "<a><o/></a>garbage"));
    assertEquals(
        List.of("1 ! </b> stands where </a> is looked for: <a></b>", "1 <o/>"),
        cut("o", "<a></b><o/></a>"));
    assertEquals(List.of("1 <o/>", "1 ! </a> closes nothing: </a>"), cut("o", "<o/></a>"));
    assertEquals(List.of(), cut("o", "<a/>\n<!-- the end -->\n"));
    assertEquals(List.of(), cut("o", " \n"));
  }

  @Test
  void aDocumentTypeIsPassedOver() throws IOException {
    assertEquals(
        List.of("1 <o>&b;</o>"),
        cut("o", "<!DOCTYPE a [<!ENTITY a '<o>x</o>'><!ENTITY b '&a;&a;'>]><a><o>&b;</o></a>"));
  }

  @Test
  void anEndlessFileIsReadInLittleMemory() throws IOException {
    long bytes = 200_000_000;
    InputStream endless =
        new InputStream() {
          private long at;

          @Override
          public int read() {
            return at++ < bytes ? 'x' : -1;
          }

          @Override
          public int read(byte[] into, int offset, int length) {
            if (at >= bytes) {
              return -1;
            }
            java.util.Arrays.fill(into, offset, offset + length, (byte) 'x');
            at += length;
            return length;
          }
        };
    int records = 0;
    try (XmlCutter cutter = new XmlCutter(endless, Extent.WHOLE, RowPath.parse("o"))) {
      while (cutter.next()) {
        assertTrue(cutter.fault().isPresent());
        assertTrue(cutter.length() <= 1 << 20);
        records++;
      }
    }
    assertTrue(records < 10, records + " records");
  }

  /** A quarter of a gigabyte, in a heap of a sixteenth of that. */
  @Test
  void aLargeFileIsReadInLittleMemory() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx16m",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                Reading.class.getName())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), said);
    XmlOrders all = new XmlOrders(Reading.BYTES);
    all.transferTo(OutputStream.nullOutputStream());
    assertEquals(all.written() + " orders", said.strip());
  }

  /** Counts the orders of a large document. */
  static final class Reading {
    static final long BYTES = 1L << 28;

    private Reading() {}

    public static void main(String[] arguments) throws IOException {
      long orders = 0;
      try (XmlCutter cutter =
          new XmlCutter(new XmlOrders(BYTES), Extent.WHOLE, RowPath.parse("order"))) {
        while (cutter.next()) {
          orders += cutter.fault().isEmpty() ? 1 : 0;
        }
      }
      System.out.println(orders + " orders");
    }
  }

  private static List<String> cut(String row, String text) throws IOException {
    List<String> records = new ArrayList<>();
    InputStream in = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    try (XmlCutter cutter = new XmlCutter(in, Extent.WHOLE, RowPath.parse(row))) {
      while (cutter.next()) {
        String found = new String(cutter.bytes(), 0, cutter.length(), StandardCharsets.UTF_8);
        records.add(
            cutter.line() + " " + cutter.fault().map(why -> "! " + why + ": ").orElse("") + found);
      }
    }
    return records;
  }
}
