package io.sluice.source.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PageScanTest {

  private static PageScan scan(String body, String records) throws RestFault {
    return PageScan.of(
        body.getBytes(StandardCharsets.UTF_8),
        records.isEmpty() ? List.of() : List.of(records.split("\\.", -1)),
        List.of(List.of("meta", "next"), List.of("n")));
  }

  private static String fault(String body, String records, boolean isPassing) {
    RestFault fault = assertThrows(RestFault.class, () -> scan(body, records));
    assertEquals(isPassing, fault.isPassing(), fault.message());
    return fault.message();
  }

  @Test
  void recordsAndTheirFieldsAreFound() throws RestFault {
    PageScan page = scan("{\"a\":{\"items\":[{\"y\":1},{\"x\":[{\"items\":1}]},7]}}", "a.items");
    assertEquals(3, page.count());
    assertEquals(List.of("x", "y"), page.fields());
    assertEquals(2, scan("\uFEFF [ {}, {} ] ", "").count());
    assertEquals(0, scan("{\"items\":null}", "items").count());
  }

  @Test
  void valuesBeforeAndAfterTheRecordsAreFound() throws RestFault {
    String body = "{\"n\":%s,\"items\":[{\"n\":5}],\"meta\":{\"next\":%s}}";
    PageScan page = scan(body.formatted("12", "\"c\\u0031\""), "items");
    assertEquals(Optional.of("12"), page.value(List.of("n")));
    assertEquals(Optional.of("c1"), page.value(List.of("meta", "next")));
    for (String none : List.of("null", "\"\"", "false")) {
      assertEquals(
          Optional.empty(),
          scan(body.formatted("1", none), "items").value(List.of("meta", "next")));
    }
  }

  @Test
  void pagesWithTheSameRecordsHaveTheSameDigest() throws RestFault {
    String digest = scan("{\"n\":1,\"items\":[{\"a\":1}]}", "items").digest();
    assertEquals(digest, scan("{\"n\":22,\"items\":[{\"a\":1}]}", "items").digest());
    assertNotEquals(digest, scan("{\"n\":1,\"items\":[{\"a\":2}]}", "items").digest());
  }

  @Test
  void whatIsBrokenMayBeWholeTheNextTime() {
    assertEquals("the answer is empty", fault("", "", true));
    assertEquals("the JSON breaks off after 9 bytes", fault("[{\"a\":1},", "", true));
    assertEquals("the JSON breaks off after 6 bytes", fault("[{\"a\":", "", true));
    assertEquals(
        "the answer is not JSON; it begins with <html> hello", fault("<html>\n hello", "", true));
    assertEquals("more follows after the JSON", fault("[] []", "", true));
    assertTrue(
        fault("[1] x]", "", true).startsWith("the JSON is broken near byte 6: Unrecognized token"));
    assertTrue(
        fault("[1,\0]", "", true).startsWith("the JSON is broken near byte 4: Illegal character"));
  }

  @Test
  void whatIsSomethingElseStaysSo() {
    assertEquals(
        "the answer is not a list, but at records = items; it begins with {\"items\":[],\"n\":1}",
        fault("{\"items\":[],\"n\":1}", "", false));
    assertEquals(
        "there is no list at records = data.items; it begins with {\"data\":{\"items\":{}}}",
        fault("{\"data\":{\"items\":{}}}", "data.items", false));
    assertEquals("the answer is not a list; it begins with null", fault("null", "", false));
    RestFault wide =
        assertThrows(
            RestFault.class,
            () -> PageScan.of("[]".getBytes(StandardCharsets.UTF_16LE), List.of(), List.of()));
    assertEquals("the answer is not in UTF-8, as JSON is", wide.message());
  }
}
