package io.sluice.deltalog;

import java.util.Map;
import java.util.Optional;

/**
 * A commit's word on one data file.
 *
 * @param added whether the file is among the table's from this version on, or no more
 * @param path as it lies under the table's folder, decoded; a URI where it lies elsewhere
 * @param partition its values by column, a NULL left out; empty where the commit does not say them
 * @param size in bytes; 0 where the commit does not say it
 */
public record FileChange(
    long version, boolean added, String path, Optional<Map<String, String>> partition, long size) {}
