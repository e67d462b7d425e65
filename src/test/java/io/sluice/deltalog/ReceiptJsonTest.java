package io.sluice.deltalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.time.Cadence;
import io.sluice.time.Interval;
import io.sluice.time.IntervalSet;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A receipt survives its commit, and nobody else's metadata is taken for one. */
class ReceiptJsonTest {

  private static final LocalDateTime START = LocalDate.of(2010, 12, 1).atStartOfDay();

  private static Receipt receipt(List<Receipt.Made> made) {
    return new Receipt(
        "retail", "raw.sales", "r-1", "a-1", "d41d8cd9", Map.of("raw.fx_rate", 12L), made);
  }

  private static List<Receipt.Made> made(Cadence every, int count, Random random) {
    List<Receipt.Made> made = new ArrayList<>();
    Interval interval = every.at(START);
    for (int i = 0; i < count; i++) {
      made.add(new Receipt.Made(interval, random.nextInt(1_000_000), random.nextInt(100)));
      interval = every.at(interval.to());
    }
    return made;
  }

  @Test
  void aDayAndItsCountsAreWrittenAsPeopleWouldExpect() {
    Interval day = Cadence.DAY.at(START);
    assertEquals(
        "{\"sluice\":{\"format\":1,\"lake\":\"retail\",\"job\":\"raw.sales\",\"run\":\"r-1\","
            + "\"attempt\":\"a-1\",\"definition\":\"d41d8cd9\",\"reads\":{\"raw.fx_rate\":12},"
            + "\"made\":[{\"every\":\"day\",\"from\":\"2010-12-01\",\"written\":[3108,2]},"
            + "{\"every\":\"day\",\"from\":\"2010-12-09\",\"written\":[5],\"quarantined\":[4]}]}}",
        ReceiptJson.write(
            receipt(
                List.of(
                    new Receipt.Made(day, 3108, 0),
                    new Receipt.Made(Cadence.DAY.at(day.to()), 2, 0),
                    new Receipt.Made(Cadence.DAY.at(START.plusDays(8)), 5, 4)))));
  }

  @Test
  void whatAnUndoPutBackComesBack() {
    Interval day = Cadence.DAY.at(START);
    Undone undone =
        new Undone(
            "2011-01-01T000000-abcdef",
            OptionalLong.of(-1),
            List.of(new Undone.Origin(3, "a-0", "d0", IntervalSet.of(day))),
            IntervalSet.of(Cadence.DAY.at(START.plusDays(3)), Cadence.DAY.at(START.plusDays(8))));
    Receipt receipt =
        new Receipt(
            "retail",
            "raw.sales",
            "r-2",
            "a-2",
            "d0",
            Map.of(),
            List.of(new Receipt.Made(day, 3108, 7)),
            List.of(),
            "",
            true,
            Optional.of(undone));

    Receipt back = ReceiptJson.read(ReceiptJson.write(receipt)).orElseThrow();

    assertEquals(receipt, back);
    assertEquals(3, back.intervals().ranges().size());
    assertEquals("a-0", back.undone().flatMap(of -> of.origin(day)).orElseThrow().attempt());
  }

  @Test
  void everyCadenceComesBack() {
    for (Cadence every : List.of(Cadence.HOUR, Cadence.DAY, Cadence.WEEK, Cadence.MONTH)) {
      Receipt receipt = receipt(made(every, 40, new Random(1)));
      assertEquals(Optional.of(receipt), ReceiptJson.read(ReceiptJson.write(receipt)));
    }
  }

  @Test
  void aTableWithoutTimeAndAnOddIntervalComeBack() {
    Receipt receipt =
        receipt(
            List.of(
                new Receipt.Made(Interval.ALWAYS, 7, 0),
                new Receipt.Made(new Interval(START, START.plusDays(10)), 8, 1),
                new Receipt.Made(new Interval(START.plusDays(10), START.plusDays(20)), 9, 0)));
    assertEquals(Optional.of(receipt), ReceiptJson.read(ReceiptJson.write(receipt)));
  }

  @Test
  void anyMixtureComesBack() {
    for (long seed = 0; seed < 50; seed++) {
      Random random = new Random(seed);
      List<Receipt.Made> made = new ArrayList<>();
      for (Cadence every : Cadence.values()) {
        made.addAll(made(every, every == Cadence.NONE ? 1 : random.nextInt(9), random));
      }
      made.removeIf(one -> random.nextInt(4) == 0);
      Collections.shuffle(made, random);
      Receipt receipt = receipt(made);
      assertEquals(
          Optional.of(receipt), ReceiptJson.read(ReceiptJson.write(receipt)), "seed " + seed);
    }
  }

  @Test
  void aYearOfDaysStaysFarBelowTheLimit() {
    Random random = new Random(1);
    List<Receipt.Made> made = made(Cadence.DAY, 374, random);
    int bytes = ReceiptJson.write(receipt(made)).getBytes(StandardCharsets.UTF_8).length;
    assertTrue(bytes < 5_000, bytes + " bytes");
    List<Receipt.Made> hashed = made.stream().map(one -> hashed(one, random)).toList();
    bytes = ReceiptJson.write(receipt(hashed)).getBytes(StandardCharsets.UTF_8).length;
    assertTrue(bytes < 15_000, bytes + " bytes");
  }

  @Test
  void hashesComeBackAlsoWhereOnlySomeAreKnown() {
    Random random = new Random(7);
    List<Receipt.Made> made = new ArrayList<>(made(Cadence.DAY, 9, random));
    made.replaceAll(one -> random.nextInt(3) == 0 ? one : hashed(one, random));
    Receipt receipt = receipt(made);
    assertEquals(Optional.of(receipt), ReceiptJson.read(ReceiptJson.write(receipt)));
    assertEquals(
        "\"written\":[1],\"rows\":[\"AAAAAAAAAAH__________g\"]}]}}",
        ReceiptJson.write(
                receipt(
                    List.of(
                        new Receipt.Made(
                            Cadence.DAY.at(START), 1, 0, Optional.of(new ContentHash(1, -2))))))
            .replaceAll(".*(?=.written)", ""));
  }

  private static Receipt.Made hashed(Receipt.Made made, Random random) {
    return new Receipt.Made(
        made.interval(),
        made.written(),
        made.quarantined(),
        Optional.of(new ContentHash(random.nextLong(), random.nextLong())));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nightly load",
        "{",
        "[1]",
        "null",
        "{\"other\": {\"job\": \"x\"}}",
        "{\"sluice\": 1}",
        "{\"sluice\": {}}",
        "{\"note\": \"sluice\"}",
        "{\"sluice\": {\"format\": 2, \"lake\": \"l\", \"job\": \"j\", \"run\": \"r\","
            + " \"attempt\": \"a\", \"definition\": \"d\"}}",
        "{\"sluice\": {\"format\": 1, \"lake\": \"l\", \"job\": \"j\"}}",
        "{\"sluice\": {\"format\": 1, \"lake\": \"l\", \"job\": \"j\", \"run\": \"r\","
            + " \"attempt\": \"a\", \"definition\": \"d\", \"made\": [{\"every\": \"day\","
            + " \"from\": \"2010-12-01\", \"written\": [1, 2], \"quarantined\": [1]}]}}",
        "{\"sluice\": {\"format\": 1, \"lake\": \"l\", \"job\": \"j\", \"run\": \"r\","
            + " \"attempt\": \"a\", \"definition\": \"d\", \"made\": [{\"every\": \"day\","
            + " \"from\": \"2010-12-01\", \"written\": [1], \"rows\": [\"no hash\"]}]}}",
        "{\"sluice\": {\"format\": 1, \"lake\": \"l\", \"job\": \"j\", \"run\": \"r\","
            + " \"attempt\": \"a\", \"definition\": \"d\", \"made\": [{\"every\": \"fortnight\","
            + " \"from\": \"2010-12-01\", \"written\": [1]}]}}",
      })
  void foreignMetadataIsNoReceipt(String text) {
    assertEquals(Optional.empty(), ReceiptJson.read(text));
  }

  @Test
  void whatALaterSluiceAddsIsPassedOver() {
    String text =
        "{\"more\":[1],\"sluice\":{\"format\":1,\"lake\":\"retail\",\"job\":\"raw.sales\","
            + "\"run\":\"r-1\",\"attempt\":\"a-1\",\"definition\":\"d\",\"hashes\":{\"a\":[1]},"
            + "\"reads\":{},\"made\":[{\"every\":\"day\",\"from\":\"2010-12-01\","
            + "\"written\":[1],\"more\":{}}]}}";
    assertEquals(
        List.of(new Receipt.Made(Cadence.DAY.at(START), 1, 0)),
        ReceiptJson.read(text).map(Receipt::made).orElse(List.of()));
  }

  @Test
  void whatASourceGaveIsSummedUp() {
    Receipt receipt =
        new Receipt(
            "l",
            "raw.sales",
            "r",
            "a",
            "d",
            Map.of(),
            List.of(
                new Receipt.Made(Cadence.DAY.at(LocalDateTime.of(2011, 1, 1, 0, 0)), 2, 0),
                new Receipt.Made(Cadence.DAY.at(LocalDateTime.of(2011, 1, 2, 0, 0)), 3, 0)),
            List.of("abcdef012345", "e3b0c44298fc"),
            "SELECT \"x\" FROM t");
    assertEquals(Optional.of(receipt), ReceiptJson.read(ReceiptJson.write(receipt)));
  }
}
