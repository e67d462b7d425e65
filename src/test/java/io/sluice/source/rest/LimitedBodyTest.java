package io.sluice.source.rest;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LimitedBodyTest {
  private final LimitedBody body = new LimitedBody(5);
  private final AtomicInteger stopped = new AtomicInteger();

  private void send(String... parts) {
    body.onSubscribe(
        new Flow.Subscription() {
          @Override
          public void request(long count) {
            // All comes at once.
          }

          @Override
          public void cancel() {
            stopped.incrementAndGet();
          }
        });
    for (String part : parts) {
      body.onNext(List.of(ByteBuffer.wrap(part.getBytes(StandardCharsets.UTF_8))));
    }
    body.onComplete();
  }

  private byte[] received() {
    return body.getBody().toCompletableFuture().join();
  }

  @Test
  void whatIsNotTooMuchIsReceived() {
    send("ab", "cde");
    assertArrayEquals(new byte[] {'a', 'b', 'c', 'd', 'e'}, received());
    assertEquals(0, stopped.get());
  }

  @Test
  void whatIsTooMuchIsStopped() {
    send("ab", "cdef", "g");
    CompletionException failure = assertThrows(CompletionException.class, this::received);
    assertInstanceOf(LimitedBody.TooLong.class, failure.getCause());
    assertEquals(1, stopped.get());
  }
}
