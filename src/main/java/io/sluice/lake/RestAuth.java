package io.sluice.lake;

import java.util.Optional;

/** How an API knows who asks. */
public sealed interface RestAuth {

  /** It does not. */
  record None() implements RestAuth {}

  /** By a token that does not change. */
  record Bearer(Secret token) implements RestAuth {}

  /** By name and password. */
  record Basic(String user, Secret password) implements RestAuth {}

  /**
   * By a key.
   *
   * @param name of the header, or of the query's parameter
   */
  record ApiKey(boolean inHeader, String name, Secret key) implements RestAuth {}

  /**
   * By a token that is asked for, and lasts for a while: OAuth 2.0, RFC 6749, section 4.4.
   *
   * @param inBody whether id and secret are sent as parameters and not as name and password
   */
  record ClientCredentials(
      String tokenUrl, String id, Secret secret, Optional<String> scope, boolean inBody)
      implements RestAuth {}
}
