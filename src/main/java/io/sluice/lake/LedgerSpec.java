package io.sluice.lake;

import java.util.Optional;

/**
 * Where the ledger is.
 *
 * @param url {@code jdbc:sqlite:…} or {@code jdbc:postgresql:…}
 */
public record LedgerSpec(String url, Optional<String> user, Optional<Secret> password) {}
