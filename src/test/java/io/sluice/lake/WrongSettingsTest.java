package io.sluice.lake;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** Mistakes in how a setting is written, and what HOCON would make of them. */
class WrongSettingsTest extends WrongDefinitions {

  @Test
  void theProjectItselfIsRight() {
    assertEquals("", project.problems());
  }

  @Test
  void anUnderscore() {
    sales(
        "partition_by = a", "jobs/raw/sales.conf:5: partition_by: unknown key; write partition-by");
  }

  @Test
  void aMisspelledKey() {
    sales(
        "descripton = a",
        "jobs/raw/sales.conf:5: descripton: unknown key; did you mean description?");
  }

  @Test
  void aKeyThatNobodyKnows() {
    sales(
        "xylophone = a",
        "jobs/raw/sales.conf:5: xylophone: unknown key; known here: batch, care, delay, description, drift, end, every, expect, inputs, interval-by, limit, params, partition-by, require, retry, source, spark, start, tags, timeout, write");
  }

  @Test
  void careThatForgetsTooSoon() {
    sales(
        "care { keep = 1 hour }",
        "jobs/raw/sales.conf:5: care.keep: a task that runs, and an undo, need what was there before: it is kept for a day at least; write keep = 1 day");
  }

  @Test
  void careOfASizeWithoutAUnit() {
    sales(
        "care { compact = 32 }",
        "jobs/raw/sales.conf:5: care.compact: '32' is not a number of bytes; write compact = 32 MB");
  }

  @Test
  void orderByAColumnThatPartitions() {
    sales(
        "care { zorder = [invoice_date] }",
        "jobs/raw/sales.conf:5: care.zorder: the table is partitioned by invoice_date, which sets its rows apart already; leave it out");
  }

  @Test
  void daily() {
    sales("every = daily", "jobs/raw/sales.conf:5: every: 'daily' is not known here; write day");
  }

  @Test
  void aCadenceThatIsNone() {
    sales(
        "every = fortnight",
        "jobs/raw/sales.conf:5: every: 'fortnight' is not known here; write one of hour, day, week, month, none");
  }

  @Test
  void aDateThatIsNone() {
    raw(
        """
        source { type = files, path = "a.csv" }
        start = 2010-13-01
        """,
        "jobs/raw/sales.conf:2: start: '2010-13-01' is not a date; write start = 2010-12-01 (or 2010-12 for a month, \"2010-12-01T05\" for an hour)");
  }

  @Test
  void anEndBeforeTheStart() {
    raw(
        """
        source { type = files, path = "a.csv" }
        start = 2011-01-01
        end = 2010-12-01
        """,
        "jobs/raw/sales.conf:3: end: it is before the start; both are included, so write a later end");
  }

  @Test
  void anEndWithoutAStart() {
    raw(
        """
        source { type = files, path = "a.csv" }
        end = 2010-12-01
        """,
        "jobs/raw/sales.conf:1: start: missing, and no input has one to take over; write start = 2010-12-01");
  }

  @Test
  void aDelayWithoutAUnit() {
    sales("delay = 2", "jobs/raw/sales.conf:5: delay: '2' has no unit; write delay = 2 hours");
  }

  @Test
  void aDelayThatIsNoTime() {
    sales(
        "delay = soon",
        "jobs/raw/sales.conf:5: delay: 'soon' is not a length of time; write delay = 2 hours");
  }

  @Test
  void aKeyTwice() {
    sales(
        """
        tags = [a]
        tags = [b]
        """,
        "jobs/raw/sales.conf:6: tags: written twice, first on line 5; keep one");
  }

  @Test
  void anUnquotedUrl() {
    source(
        "type = files, path = s3a://landing/sales.csv, format = csv",
        "jobs/raw/sales.conf:1: source.path: the value has ':' and is not in quotes; write path = \"s3a://landing/sales.csv\"");
  }

  @Test
  void anUnquotedBrace() {
    source(
        "type = files, path = landing/{yyyy-MM-dd}.csv*, format = csv",
        "jobs/raw/sales.conf:1: source.path: the value has '{' and is not in quotes; write path = \"landing/{yyyy-MM-dd}.csv*\"");
  }

  @Test
  void anUnquotedStar() {
    source(
        "type = files, path = landing/*.csv, format = csv",
        "jobs/raw/sales.conf:1: source.path: the value has '*' and is not in quotes; write path = \"landing/*.csv\"");
  }

  @Test
  void aValueThatHoconCuts() {
    sales(
        "description = items#1",
        "jobs/raw/sales.conf:5: description: HOCON takes '#1' for a comment and cuts it off; write description = \"items#1\"");
  }

  @Test
  void aValueThatHoconCutsAtSlashes() {
    sales(
        "description = a//b",
        "jobs/raw/sales.conf:5: description: HOCON takes '//b' for a comment and cuts it off; write description = \"a//b\"");
  }

  @Test
  void aVariableInQuotes() {
    source(
        "type = files, path = \"${LANDING}/sales.csv\"",
        """
        jobs/raw/sales.conf:1: source.path: HOCON fills in nothing inside quotes; write path = ${LANDING}"/sales.csv"
        jobs/raw/sales.conf:1: source.path: the environment has no LANDING; set it, or write ${?LANDING} if it may be missing""");
  }

  @Test
  void aVariableThatIsNotSet() {
    source(
        "type = files, path = ${LANDING}\"/sales.csv\"",
        "jobs/raw/sales.conf:1: source.path: the environment has no LANDING; set it, or write ${?LANDING} if it may be missing");
  }

  @Test
  void anInclude() {
    sales(
        "include \"other.conf\"",
        "jobs/raw/sales.conf:5: include is not read here; write the settings out, or put what all jobs share under defaults in conf/lake.conf");
  }

  @Test
  void aBraceThatIsNotClosed() {
    sales(
        "retry { attempts = 3",
        "jobs/raw/sales.conf:5: not HOCON: Expecting close brace } or a comma, got end of file; look for an open brace or quote, or put the value in quotes");
  }
}
