package io.sluice.source.records;

/** The records of one slice: what finds them, and what takes them apart. */
public record Records(Cutter cutter, RecordParser parser) {}
