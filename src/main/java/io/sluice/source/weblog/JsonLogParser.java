package io.sluice.source.weblog;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.sluice.source.records.Parsed;
import io.sluice.source.records.RecordParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/** Takes apart logs with a JSON object a line. */
final class JsonLogParser implements RecordParser {

  /** What servers call the usual columns, as far as there is a custom. */
  static final Map<String, String> NAMES =
      Stream.of(
              "client client client_ip clientip remote_addr remote_ip remoteip ip",
              "user user remote_user auth_user",
              "time time timestamp @timestamp ts time_local time_iso8601 msec",
              "method method request_method http_method verb",
              "target request_uri uri url",
              "path path uri_path",
              "query query query_string args",
              "protocol protocol server_protocol http_version httpversion",
              "status status status_code response_code",
              "bytes bytes body_bytes_sent bytes_sent response_size size",
              "referer referer referrer http_referer",
              "agent agent user_agent useragent http_user_agent",
              "request request")
          .map(line -> List.of(line.split(" ")))
          .flatMap(words -> words.stream().skip(1).map(name -> Map.entry(name, words.get(0))))
          .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

  private static final JsonFactory JSON = new JsonFactory();

  private final LogFields fields;

  JsonLogParser(LogFields fields) {
    this.fields = fields;
  }

  @Override
  public Parsed parse(byte[] bytes, int length, @Nullable Object[] values) {
    if (length == 0) {
      return Parsed.NOTHING;
    }
    try (JsonParser in = JSON.createParser(bytes, 0, length)) {
      if (in.nextToken() != JsonToken.START_OBJECT) {
        return new Parsed.Fault("the line is not a JSON object");
      }
      Optional<String> fault = object(in, bytes, values);
      if (fault.isPresent()) {
        return new Parsed.Fault(fault.get());
      }
      return in.nextToken() == null
          ? Parsed.ROW
          : new Parsed.Fault("more follows after the JSON object");
    } catch (JsonProcessingException e) {
      return new Parsed.Fault("the line is not a JSON object: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Optional<String> object(JsonParser in, byte[] line, @Nullable Object[] values)
      throws IOException {
    StringBuilder rest = new StringBuilder();
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      int nameAt = (int) in.currentTokenLocation().getByteOffset();
      String name = in.currentName();
      JsonToken token = in.nextToken();
      Optional<LogFields.Field> field = fields.of(name);
      // A second value for a column, under another of its names, must not take its place.
      if (token.isScalarValue() && field.filter(one -> one.isFree(values)).isPresent()) {
        Optional<String> fault = put(in, token, field.get().value(), values);
        if (fault.isPresent()) {
          return fault;
        }
      } else {
        in.skipChildren();
        in.finishToken();
        int end = (int) in.currentLocation().getByteOffset();
        // As it was written: numbers have more digits than a double.
        rest.append(rest.isEmpty() ? "{" : ",")
            .append(new String(line, nameAt, end - nameAt, StandardCharsets.UTF_8));
      }
    }
    if (!rest.isEmpty()) {
      values[fields.rest()] = UTF8String.fromString(rest.append('}').toString());
    }
    return Optional.empty();
  }

  private static Optional<String> put(
      JsonParser in, JsonToken token, LogValue value, @Nullable Object[] values)
      throws IOException {
    if (token == JsonToken.VALUE_NULL) {
      return Optional.empty();
    }
    byte[] text = in.getText().getBytes(StandardCharsets.UTF_8);
    return value.put(text, 0, text.length, values);
  }
}
