package io.sluice.deltalog;

import java.time.Instant;

/**
 * A file as its storage tells of it.
 *
 * @param path under the folder that was listed
 */
public record StoredFile(String path, long bytes, Instant modified) {}
