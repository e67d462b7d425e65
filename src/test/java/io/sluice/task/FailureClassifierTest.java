package io.sluice.task;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.spark.SparkException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FailureClassifierTest {

  @ParameterizedTest
  @MethodSource
  void aFailureSaysWhetherAnotherTryMayHelp(FailureClass kind, Throwable failure) {
    assertEquals(kind, FailureClassifier.classify(failure));
    assertEquals(kind, FailureClassifier.classify(new IllegalStateException("outer", failure)));
  }

  @Test
  void aLookIsTriedAgainUnlessSomethingTellsThatItWouldBeInVain() {
    assertEquals(
        FailureClass.DEFINITE, FailureClass.ofLook(new java.nio.file.AccessDeniedException("x")));
    assertEquals(
        FailureClass.TRANSIENT, FailureClass.ofLook(new java.net.UnknownHostException("s3")));
    assertEquals(FailureClass.TRANSIENT, FailureClass.ofLook(new OutOfMemoryError()));
    assertEquals(FailureClass.TRANSIENT, FailureClass.ofLook(new IllegalStateException("what")));
  }

  static Stream<Arguments> aFailureSaysWhetherAnotherTryMayHelp() {
    return Stream.of(
        Arguments.of(
            FailureClass.TRANSIENT,
            new io.delta.exceptions.ConcurrentAppendException("Files were added to partition")),
        Arguments.of(
            FailureClass.TRANSIENT,
            new io.delta.exceptions.ConcurrentTransactionException("another driver")),
        Arguments.of(
            FailureClass.TRANSIENT,
            new io.delta.exceptions.MetadataChangedException("the metadata changed")),
        Arguments.of(FailureClass.TRANSIENT, new ConnectException("Connection refused")),
        Arguments.of(FailureClass.TRANSIENT, new SocketTimeoutException("Read timed out")),
        Arguments.of(
            FailureClass.TRANSIENT,
            new IOException("PUT x: Slow Down (Service: S3, Status Code: 503, Request ID: 1)")),
        Arguments.of(
            FailureClass.TRANSIENT,
            new org.apache.hadoop.fs.s3a.AWSClientIOException(
                "reading",
                software.amazon.awssdk.core.exception.SdkClientException.create("reset"))),
        Arguments.of(FailureClass.TRANSIENT, new java.sql.SQLTransientConnectionException("gone")),
        Arguments.of(
            FailureClass.TRANSIENT,
            job(
                "Lost task 0.3 in stage 1.0 (TID 7) (10.0.0.3 executor 2): ExecutorLostFailure"
                    + " (executor 2 exited caused by one of the running tasks) Reason: Remote RPC"
                    + " client disassociated.")),
        Arguments.of(
            FailureClass.TRANSIENT,
            job(
                "Lost task 1.0 in stage 6.0 (TID 5) (h executor driver): TaskResultLost (result"
                    + " lost from block manager)")),
        Arguments.of(
            FailureClass.TRANSIENT, new IllegalStateException("SparkContext has been shutdown")),
        Arguments.of(
            FailureClass.TRANSIENT,
            new SparkException("Job 4 cancelled because SparkContext was shut down")),
        Arguments.of(
            FailureClass.RESOURCE,
            job(
                "Lost task 0.3 in stage 1.0 (TID 7) (10.0.0.3 executor 2):"
                    + " java.lang.OutOfMemoryError: Java heap space\n\tat java.base/X.y(X.java)")),
        Arguments.of(
            FailureClass.RESOURCE,
            job(
                "Lost task 0.3 in stage 1.0 (TID 7) (h executor 2): ExecutorLostFailure (executor 2"
                    + " exited) Reason: Container killed by YARN for exceeding memory limits.")),
        Arguments.of(FailureClass.RESOURCE, new OutOfMemoryError("Java heap space")),
        Arguments.of(FailureClass.RESOURCE, new TimeoutException("Futures timed out")),
        Arguments.of(
            FailureClass.DEFINITE,
            new java.nio.file.AccessDeniedException("s3a://lake", null, "Status Code: 403")),
        Arguments.of(
            FailureClass.DEFINITE,
            new org.apache.hadoop.security.AccessControlException("Permission denied")),
        Arguments.of(
            FailureClass.DEFINITE,
            new java.io.FileNotFoundException("/lake/raw/sale/_delta_log (Permission denied)")),
        Arguments.of(FailureClass.DEFINITE, new NumberFormatException("For input string: x")),
        Arguments.of(
            FailureClass.DEFINITE,
            job(
                "Lost task 0.0 in stage 1.0 (TID 7) (h executor 2):"
                    + " org.apache.spark.SparkArithmeticException: [DIVIDE_BY_ZERO] Division by"
                    + " zero.\n\tat java.net.SocketTimeoutException.onlyLookedOn(X.java)")),
        Arguments.of(FailureClass.CANCELLED, new InterruptedException()),
        Arguments.of(
            FailureClass.CANCELLED,
            new SparkException("Job 3 cancelled part of cancelled job group a1")));
  }

  private static SparkException job(String lost) {
    return new SparkException(
        "Job aborted due to stage failure: Task 0 in stage 1.0 failed 4 times, most recent failure: "
            + lost
            + "\nDriver stacktrace:");
  }
}
