package io.sluice.source.rest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonEOFException;
import io.sluice.source.records.Utf8;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** One look through a page: whether it is one, how many records it has, and how it goes on. */
final class PageScan {
  private final byte[] page;
  private final List<String> records;
  private final List<List<String>> wanted;
  private final Map<List<String>, String> values = new HashMap<>();
  private final Set<String> fields = new HashSet<>();
  private final TreeSet<String> lists = new TreeSet<>();
  private int count;
  private String digest = "";
  private boolean isFound;

  private PageScan(byte[] page, List<String> records, List<List<String>> wanted) {
    this.page = page;
    this.records = records;
    this.wanted = wanted;
  }

  /** An answer without a body. */
  static PageScan empty() {
    return new PageScan(new byte[0], List.of(), List.of());
  }

  /**
   * @param records path of the list of records
   * @param wanted paths of values that are asked for later
   * @throws RestFault passing where the page is broken, of the interval where it is something else
   */
  static PageScan of(byte[] body, List<String> records, List<List<String>> wanted)
      throws RestFault {
    int mark = Utf8.mark(body);
    byte[] page = mark > 0 ? Arrays.copyOfRange(body, mark, body.length) : body;
    PageScan scan = new PageScan(page, records, wanted);
    scan.scan();
    return scan;
  }

  int count() {
    return count;
  }

  /** Of the records' text; empty where there are none. */
  String digest() {
    return digest;
  }

  List<String> fields() {
    return fields.stream().sorted().toList();
  }

  /** The text, number or truth at a path; empty where there is none, or nothing in it. */
  Optional<String> value(List<String> path) {
    return Optional.ofNullable(values.get(path)).filter(text -> !text.isEmpty());
  }

  private void scan() throws RestFault {
    if (page.length == 0) {
      throw RestFault.passing("the answer is empty");
    }
    if (page[0] == 0 || page.length > 1 && page[1] == 0) {
      throw RestFault.ofInterval("the answer is not in UTF-8, as JSON is");
    }
    try (JsonParser json = JsonPages.open(page)) {
      json.nextToken();
      value(json, List.of());
      if (json.nextToken() != null) {
        throw RestFault.passing("more follows after the JSON");
      }
    } catch (IOException e) {
      throw RestFault.passing(fault(e));
    }
    if (!isFound) {
      throw RestFault.ofInterval(
          "%s; it begins with %s"
              .formatted(
                  records.isEmpty()
                      ? "the answer is not a list" + meant()
                      : "there is no list at records = %s%s"
                          .formatted(String.join(".", records), meant()),
                  beginning()));
    }
  }

  private String fault(IOException e) {
    String text = new String(page, StandardCharsets.ISO_8859_1).strip();
    if (e instanceof JsonEOFException || text.matches("(?s)[\\[{].*[^\\]}]")) {
      return "the JSON breaks off after %,d bytes".formatted(page.length);
    }
    return text.matches("(?s)[\\[{].*") && e instanceof JsonProcessingException broken
        ? "the JSON is broken near byte %,d: %s"
            .formatted(broken.getLocation().getByteOffset(), broken.getOriginalMessage())
        : "the answer is not JSON; it begins with " + beginning();
  }

  private String meant() {
    return lists.isEmpty() ? "" : ", but at " + String.join(", ", lists);
  }

  private String beginning() {
    return new String(page, 0, Math.min(page.length, Answer.SHOWN), StandardCharsets.UTF_8)
        .replaceAll("\\s+", " ");
  }

  private void value(JsonParser json, List<String> path) throws IOException {
    JsonToken token = json.currentToken();
    boolean isRecords = path.equals(records);
    if (token == JsonToken.START_ARRAY && isRecords) {
      list(json);
    } else if (token == JsonToken.START_OBJECT) {
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        List<String> inner = new ArrayList<>(path);
        inner.add(json.getCurrentName());
        json.nextToken();
        value(json, inner);
      }
    } else if (token == JsonToken.START_ARRAY) {
      lists.add("records = " + String.join(".", path));
      json.skipChildren();
    } else if (token == JsonToken.VALUE_NULL) {
      // A list that would have nothing in it.
      isFound |= isRecords && !records.isEmpty();
    } else if (wanted.contains(path) && token != JsonToken.VALUE_FALSE) {
      values.put(path, json.getText());
    } else {
      json.finishToken();
    }
  }

  private void list(JsonParser json) throws IOException {
    isFound = true;
    int from = JsonPages.start(json);
    JsonToken token = json.nextToken();
    while (token != JsonToken.END_ARRAY) {
      count++;
      if (token == JsonToken.START_OBJECT) {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
          fields.add(json.getCurrentName());
          json.nextToken();
          json.skipChildren();
        }
      } else {
        json.skipChildren();
      }
      token = json.nextToken();
    }
    int to = JsonPages.end(json);
    digest = count == 0 ? "" : sha256(page, from, to);
  }

  static String sha256(byte[] bytes) {
    return sha256(bytes, 0, bytes.length);
  }

  private static String sha256(byte[] bytes, int from, int to) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(bytes, from, to - from);
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
