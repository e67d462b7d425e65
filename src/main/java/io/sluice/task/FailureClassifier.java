package io.sluice.task;

import static io.sluice.task.FailureClass.CANCELLED;
import static io.sluice.task.FailureClass.DEFINITE;
import static io.sluice.task.FailureClass.RESOURCE;
import static io.sluice.task.FailureClass.TRANSIENT;

import java.util.List;
import java.util.Optional;

/**
 * Says of an exception whether trying again can help, and whether it is about all intervals. The
 * first row that fits decides.
 */
final class FailureClassifier {
  private static final Sign ENDED =
      Sign.of(
          TRANSIENT,
          "(?!)",
          "SparkContext (has been|was) (shutdown|shut down|stopped)|stopped SparkContext");

  private static final List<Sign> SIGNS =
      List.of(
          // Before what a person cancels: Spark calls these jobs cancelled, too.
          ENDED,
          Sign.of(
              CANCELLED,
              "InterruptedException|ClosedByInterruptException|CancellationException",
              "job \\d+ cancelled|cancelled part of cancelled job group|job was cancelled"),
          // Before those that say Timeout, of which it is one.
          Sign.of(TRANSIENT, "RpcTimeoutException", ""),
          Sign.of(
              RESOURCE,
              "OutOfMemoryError|SparkOutOfMemoryError|OutOfMemorySparkException|TimeoutException"
                  + "|MetadataFetchFailedException",
              "UNABLE_TO_ACQUIRE_MEMORY|exceeding (physical )?memory limits|exit code:? 137"
                  + "|GC overhead limit|KryoException: Buffer overflow|maxResultSize"
                  + "|Cannot broadcast the table"),
          Sign.of(
              TRANSIENT,
              "Delta\\w*Concurrent\\w*Exception|Concurrent(Append|DeleteRead|DeleteDelete|Write"
                  + "|Transaction)Exception|MetadataChangedException|ProtocolChangedException"
                  + "|CommitFailedException",
              "DELTA_CONCURRENT"),
          Sign.of(
              DEFINITE,
              Blame.ALL,
              "AccessDeniedException|AccessControlException|AWSBadRequestException"
                  + "|NoAuthWithAWSException|CredentialInitializationException"
                  + "|UnknownHostException",
              "\\b(401|403)\\b.*(forbidden|unauthori[sz]ed|denied)|No space left on device|Read-only file system"
                  + "|Mkdirs failed to create"),
          Sign.of(
              TRANSIENT,
              "FetchFailedException|ExecutorLostFailure|ExecutorDeadException"
                  + "|RpcEndpointNotFoundException|BlockNotFoundException",
              "ExecutorLostFailure|executor (\\S+ )?(was )?lost|Worker lost|marked as failed"
                  + "|TaskResultLost"
                  + "|FetchFailed\\("),
          Sign.of(
              TRANSIENT,
              "AWSStatus500Exception|AWSServiceThrottledException|AWSClientIOException"
                  + "|AWSServiceIOException|SdkClientException|RemoteFileChangedException",
              "Status Code: (429|5\\d\\d)|\\bHTTP (status )?(429|5\\d\\d)\\b|SlowDown"
                  + "|Service Unavailable|Too Many Requests|reduce your request rate"),
          Sign.of(
              TRANSIENT,
              "ConnectException|SocketException|SocketTimeoutException|NoHttpResponseException"
                  + "|HttpConnectTimeoutException|HttpTimeoutException|ClosedChannelException"
                  + "|RehearsedFault|SSLException|EOFException|NoRouteToHostException|SQLTransient\\w*Exception"
                  + "|SQLRecoverableException|SQLNonTransientConnectionException",
              "connection (was )?(reset|refused|closed|timed out|attempt failed)|broken pipe"
                  + "|the database system is (starting up|shutting down)"
                  + "|terminating connection due to administrator command"),
          Sign.of(
              TRANSIENT,
              "(?!)",
              "FAILED_READ_FILE\\.FILE_NOT_EXIST|It is possible the underlying files have been updated"),
          Sign.of(
              DEFINITE,
              Blame.ALL,
              "DeltaIllegalStateException|DeltaFileNotFoundException",
              "DELTA_VERSIONS_NOT_CONTIGUOUS|DELTA_LOG_FILE_NOT_FOUND|DELTA_TRUNCATED_TRANSACTION_LOG"
                  + "|DELTA_STATE_RECOVER_ERROR"),
          Sign.of(
              DEFINITE,
              Blame.ALL,
              "ClassNotFoundException|LinkageError|NoSuchMethodException|InstantiationException",
              ""),
          // What a transform reads by itself may be one file an interval.
          Sign.of(DEFINITE, "(?!)", "PATH_NOT_FOUND|\\(Permission denied\\)"),
          Sign.of(DEFINITE, Blame.COLUMNS, "AnalysisException", ""));

  private static final Sign HOST = Sign.of(DEFINITE, "UnknownHostException", "");

  private FailureClassifier() {}

  /** Definite where nothing says otherwise: a second try would only hide it. */
  static FailureClass classify(Throwable failure) {
    return known(failure).orElse(DEFINITE);
  }

  /** Empty where nothing tells. */
  static Optional<FailureClass> known(Throwable failure) {
    return sign(failure).map(Sign::kind);
  }

  /** Whether it says that Spark itself has ended. */
  static boolean isEnd(Throwable failure) {
    return ENDED.isIn(failure);
  }

  /** Mostly a wrong name, but names are not always answered for either. */
  static boolean isUnknownHost(Throwable failure) {
    return HOST.isIn(failure);
  }

  static Blame blame(Throwable failure) {
    return sign(failure).map(Sign::blame).orElse(Blame.UNKNOWN);
  }

  private static Optional<Sign> sign(Throwable failure) {
    return SIGNS.stream().filter(sign -> sign.isIn(failure)).findFirst();
  }
}
