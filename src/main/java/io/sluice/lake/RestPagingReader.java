package io.sluice.lake;

import io.sluice.config.Section;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Function;

/** Reads {@code paging} of a source of type {@code rest}. */
final class RestPagingReader {
  private static final RestPaging NONE = new RestPaging.None();
  private static final Map<String, Function<Section, RestPaging>> TYPES = types();
  private static final Map<String, Boolean> PLACES =
      new TreeMap<>(Map.of("query", false, "body", true));

  private RestPagingReader() {}

  static RestPaging read(Section source, RestRequest request) {
    return source.section("paging").map(paging -> one(paging, request)).orElse(NONE);
  }

  private static RestPaging one(Section paging, RestRequest request) {
    paging.need("type", "type = page");
    Optional<Function<Section, RestPaging>> type = paging.choice("type", TYPES);
    if (type.isEmpty()) {
      // What belongs to a type that is not known is not judged.
      paging.keys().forEach(paging::skip);
    }
    if (paging.text("in").filter("body"::equals).isPresent()
        && !request.body().filter(body -> body.strip().startsWith("{")).isPresent()) {
      paging.wrong("in", "there is no body to put it in; write method = post, body = \"{}\"");
    }
    return type.map(known -> known.apply(paging)).orElse(NONE);
  }

  private static Map<String, Function<Section, RestPaging>> types() {
    Map<String, Function<Section, RestPaging>> types = new LinkedHashMap<>();
    types.put("page", paging -> number(paging, false));
    types.put("offset", paging -> number(paging, true));
    types.put(
        "cursor",
        paging ->
            new RestPaging.Cursor(
                paging.needText("parameter", "parameter = cursor"),
                inBody(paging),
                path(paging, "path = \"meta.next_cursor\"")));
    types.put("link", paging -> new RestPaging.Link());
    types.put("next", paging -> new RestPaging.Next(path(paging, "path = \"links.next\"")));
    return types;
  }

  private static RestPaging number(Section paging, boolean countsRecords) {
    Optional<Integer> size = paging.integer("size", 1);
    Optional<String> sizeParameter = paging.text("size-parameter");
    if (sizeParameter.isPresent() && !paging.has("size")) {
      paging.wrong("size-parameter", "it is not said how many; write size = 100");
    }
    return new RestPaging.Numbered(
        countsRecords,
        paging.text("parameter").orElse(countsRecords ? "offset" : "page"),
        inBody(paging),
        paging.integer("first", 0).orElse(countsRecords ? 0 : 1),
        size.map(OptionalInt::of).orElse(OptionalInt.empty()),
        sizeParameter,
        RestReader.path(paging, "total"));
  }

  private static boolean inBody(Section paging) {
    return paging.choice("in", PLACES).orElse(false);
  }

  private static List<String> path(Section paging, String example) {
    paging.need("path", example);
    return RestReader.path(paging, "path");
  }
}
