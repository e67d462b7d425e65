package io.sluice.ledger;

/** A piece of a source that an interval was made from: its id and the version it then had. */
public record SourceItem(String id, String version, long bytes) {}
