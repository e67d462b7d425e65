package io.sluice.source.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NextLinkTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "<https://a/x?p=2>; rel=\"next\" | https://a/x?p=2",
        "<https://a/x?p=2>;rel=next | https://a/x?p=2",
        "<https://a/1>; rel=\"prev\", <https://a/3>; rel=\"next\", <https://a/9>; rel=last | https://a/3",
        "<https://a/3,4;5>; title=\"a, b; rel=none\"; REL=\"start Next\" | https://a/3,4;5",
        "</x?p=2>; rel=\"next\"; results=\"true\" | /x?p=2",
        "<https://a/1>; rel=prev | none",
        "<https://a/1>; rel=nextish | none",
        "<https://a/1> | none",
        "rubbish | none"
      })
  void theUrlOfTheNextPageIsFound(String header, String expected) {
    assertEquals(
        Optional.of(expected).filter(url -> !url.equals("none")), NextLink.of(List.of(header)));
    assertEquals(
        Optional.of(expected).filter(url -> !url.equals("none")),
        NextLink.of(List.of("<https://a/0>; rel=first", header)));
  }
}
