package io.sluice.source.nosql;

import io.sluice.api.SourceException;
import io.sluice.lake.Secret;
import io.sluice.lake.SourceSpec;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What Cassandra's driver says, without secrets, and whether another try may help. */
record CassandraFailure(SourceSpec.Cassandra cassandra, String where) {
  private static final Pattern REFUSED =
      Pattern.compile("AuthenticationException|UnauthorizedException");

  /** Nodes that are not there, too few, too slow or too busy. */
  private static final Pattern PASSING =
      Pattern.compile(
          "AllNodesFailedException|NoNodeAvailableException|DriverTimeoutException|ClosedConnectionException|ConnectionInitException|HeartbeatException|BusyConnectionException|UnavailableException|ReadTimeoutException|ReadFailureException|OverloadedException|BootstrappingException|ServerError|TruncateException|QueryExecutionException|ClosedChannelException|ConnectException|Failed to open native connection");

  static Optional<Throwable> of(Throwable failure) {
    return Causes.of(failure)
        .filter(
            cause ->
                cause.getClass().getName().startsWith("com.datastax.")
                    || String.valueOf(cause.getMessage()).contains("com.datastax.oss.driver")
                    || String.valueOf(cause.getMessage())
                        .startsWith("Exception during execution of SELECT"))
        .reduce((outer, inner) -> inner);
  }

  SourceException told(Throwable failure, boolean concernsAll) {
    String all =
        String.join(
            "\n",
            Causes.of(failure)
                .map(cause -> cause.getClass().getName() + ": " + cause.getMessage())
                .toList());
    Throwable cause = of(failure).orElse(failure);
    String said = said(scrubbed(String.valueOf(cause.getMessage())));
    boolean isRefused = REFUSED.matcher(all).find();
    String message =
        "%s: source: %s: %s"
            .formatted(
                where,
                name(),
                isRefused
                    ? "the server does not let this user in: check source.user and source.password, and that the user may SELECT from the table (%s)"
                        .formatted(said)
                    : said);
    RuntimeException without = Causes.without(failure, cause.getClass().getName() + ": " + said);
    if (!isRefused && PASSING.matcher(all).find()) {
      return SourceException.passing(message, List.of(), without);
    }
    return concernsAll
        ? SourceException.ofAll(message, without)
        : SourceException.definite(message, List.of(), without);
  }

  /** Its first line; or all, where it goes on with names that are there. */
  private static String said(String message) {
    return message.startsWith("Couldn't find")
        ? message.lines().map(String::strip).collect(Collectors.joining(" "))
        : message.lines().findFirst().orElse("");
  }

  /** Servers and table, for people. */
  String name() {
    return "cassandra://%s:%d/%s.%s"
        .formatted(
            String.join(",", cassandra.hosts()),
            cassandra.port(),
            cassandra.keyspace(),
            cassandra.table());
  }

  private String scrubbed(String text) {
    String secret = cassandra.password().map(Secret::value).orElse("");
    return secret.isEmpty() ? text : text.replace(secret, "***");
  }
}
