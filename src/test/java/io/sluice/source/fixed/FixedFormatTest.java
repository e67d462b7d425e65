package io.sluice.source.fixed;

import static io.sluice.source.LandingFolder.days;
import static io.sluice.source.Rows.read;
import static io.sluice.source.Rows.shown;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.lake.SourceSpec;
import io.sluice.lake.SourceSpec.Fixed;
import io.sluice.source.LandingFolder;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FixedFormatTest {
  @TempDir Path temp;

  @Test
  void aJobTakesTheLinesOfItsTypeAndNoneIsLost() {
    LandingFolder landing =
        new LandingFolder(temp)
            .column("amount", "amount", "decimal(8,2)")
            .file(
                "2011-01-01.txt",
                String.join(
                    "\n",
                    "00HEADER          ",
                    "10Müller  00012.50",
                    "10        -0000.10",
                    "10Smith   00012,50",
                    "10Short   1",
                    "42Other",
                    "10Long     0000.101",
                    "9",
                    "99TRAILER"),
                Charset.forName("windows-1252"));
    Fixed fixed =
        new Fixed(
            landing.landing("{yyyy-MM-dd}.txt"),
            List.of(
                new Fixed.Field("name", new Fixed.Place(3, 10)),
                new Fixed.Field("amount", new Fixed.Place(11, 18))),
            Optional.of(new Fixed.RecordType(new Fixed.Place(1, 2), "10", List.of("00", "99"))),
            "windows-1252");

    assertEquals(
        List.of(
            "[Müller,12.50,null,null]",
            "[Smith,null,line 4: amount: '00012,50' is not a DECIMAL(8,2),10Smith   00012,50]",
            "[null,-0.10,null,null]",
            "[null,null,line 5: the line has 11 characters, and its layout 18,10Short   1]",
            "[null,null,line 6: the line is of type '42', which is neither is nor in others,42Other]",
            "[null,null,line 7: the line goes on behind its layout, which ends with character 18,10Long     0000.101]",
            "[null,null,line 8: the line ends before its type, which stands at 1-2,9]"),
        shown(
            read(landing.source(fixed), days("2011-01-01", "2011-01-01")),
            "name",
            "amount",
            "_sluice_rejected",
            "_sluice_raw"));
  }

  @Test
  void withoutATypeEachLineIsARow() {
    LandingFolder landing = new LandingFolder(temp).file("2011-01-01.txt", "a1\nb2 and so on\n");
    SourceSpec.Landed all =
        new Fixed(
            landing.landing("{yyyy-MM-dd}.txt"),
            List.of(
                new Fixed.Field("digit", new Fixed.Place(2, 2)),
                new Fixed.Field("rest", new Fixed.Place(3, Fixed.Place.END))),
            Optional.empty(),
            "UTF-8");

    assertEquals(
        List.of("[1,null]", "[2,and so on]"),
        shown(read(landing.source(all), days("2011-01-01", "2011-01-01")), "digit", "rest"));
  }
}
