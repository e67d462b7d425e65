package io.sluice.source.files;

import io.sluice.source.landing.FileScan;
import io.sluice.source.records.TextRecords;

/** Reads texts by the options that Spark's readers have for them. */
final class Texts {
  private Texts() {}

  /**
   * @param areWhole whether a file is one text
   */
  static TextRecords of(FileScan scan, boolean areWhole) {
    String encoding = scan.option("encoding", scan.option("charset", "UTF-8"));
    return new TextRecords(encoding, scan.option("lineSep", ""), areWhole);
  }
}
