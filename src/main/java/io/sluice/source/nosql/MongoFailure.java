package io.sluice.source.nosql;

import io.sluice.api.SourceException;
import io.sluice.lake.Secret;
import io.sluice.lake.SourceSpec;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What MongoDB's driver says, without secrets, and whether another try may help. */
record MongoFailure(SourceSpec.Mongo mongo, String where) {
  private static final String DRIVER = "com.mongodb.";

  /** Of the driver's exceptions; where servers are looked for in vain, they may come back. */
  private static final Pattern PASSING =
      Pattern.compile(
          ".*Mongo(Timeout|Socket\\w*|NotPrimary|NodeIsRecovering|ServerUnavailable|CursorNotFound|ExecutionTimeout|OperationTimeout|ConnectionPoolCleared|Interrupted)Exception");

  private static final Pattern REFUSED = Pattern.compile(".*MongoSecurityException");

  /** Servers that stop, step down, are overloaded or lost the cursor. */
  private static final Set<Integer> PASSING_CODES =
      Set.of(
          6, 7, 43, 50, 63, 89, 91, 175, 189, 202, 237, 262, 317, 358, 384, 9001, 10107, 11600,
          11602, 13388, 13435, 13436);

  /** The first of the failure's causes that is the driver's; a refusal before all others. */
  static Optional<Throwable> of(Throwable failure) {
    List<Throwable> told =
        Causes.of(failure).filter(cause -> cause.getClass().getName().startsWith(DRIVER)).toList();
    return told.stream()
        .filter(MongoFailure::isRefused)
        .findFirst()
        .or(() -> told.stream().filter(cause -> !isWrapper(cause)).findFirst())
        .or(() -> told.stream().findFirst());
  }

  /** The connector's own exceptions say less than what they were thrown for. */
  private static boolean isWrapper(Throwable cause) {
    return cause.getClass().getName().startsWith("com.mongodb.spark.");
  }

  private static boolean isRefused(Throwable cause) {
    return REFUSED.matcher(cause.getClass().getName()).matches();
  }

  SourceException told(Throwable failure, boolean concernsAll) {
    Throwable cause = of(failure).orElse(failure);
    String said = scrubbed(String.valueOf(cause.getMessage())).lines().findFirst().orElse("");
    String message =
        "%s: source: %s: %s".formatted(where, name(), isRefused(cause) ? refused(said) : said);
    RuntimeException without = Causes.without(failure, cause.getClass().getName() + ": " + said);
    if (isPassing(cause)) {
      return SourceException.passing(message, List.of(), without);
    }
    return concernsAll
        ? SourceException.ofAll(message, without)
        : SourceException.definite(message, List.of(), without);
  }

  private static String refused(String said) {
    return "the server does not let this user in: check source.user and source.password, and authSource in the uri, the database that knows the user (%s)"
        .formatted(said);
  }

  private static boolean isPassing(Throwable cause) {
    return !isRefused(cause)
        && (PASSING.matcher(cause.getClass().getName()).matches()
            || PASSING_CODES.contains(code(cause)));
  }

  private static int code(Throwable cause) {
    try {
      return cause.getClass().getMethod("getCode").invoke(cause) instanceof Integer code ? code : 0;
    } catch (ReflectiveOperationException e) {
      return 0;
    }
  }

  /** Servers, database and collection, for people. */
  String name() {
    return "%s/%s.%s"
        .formatted(MongoUri.servers(mongo.uri().value()), mongo.database(), mongo.collection());
  }

  private String scrubbed(String text) {
    String plain = text.replace(mongo.uri().value(), MongoUri.servers(mongo.uri().value()));
    for (Secret secret : mongo.password().stream().toList()) {
      plain = plain.replace(secret.value(), "***");
      plain = plain.replace(URLEncoder.encode(secret.value(), StandardCharsets.UTF_8), "***");
    }
    return plain.replaceAll("//[^/\\s@]*@", "//");
  }
}
