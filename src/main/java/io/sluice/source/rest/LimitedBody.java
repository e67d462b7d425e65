package io.sluice.source.rest;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/** The bytes of an answer, if they are not too many. */
final class LimitedBody implements HttpResponse.BodySubscriber<byte[]> {
  private final HttpResponse.BodySubscriber<byte[]> whole =
      HttpResponse.BodySubscribers.ofByteArray();
  private final long most;
  private Optional<Flow.Subscription> coming = Optional.empty();
  private long received;

  LimitedBody(long most) {
    this.most = most;
  }

  /** The answer is longer than what is taken. */
  static final class TooLong extends IOException {
    private static final long serialVersionUID = 1;
  }

  @Override
  public CompletionStage<byte[]> getBody() {
    return whole.getBody();
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    coming = Optional.of(subscription);
    whole.onSubscribe(subscription);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    boolean wasTooLong = received > most;
    received += buffers.stream().mapToLong(ByteBuffer::remaining).sum();
    if (received <= most) {
      whole.onNext(buffers);
    } else if (!wasTooLong) {
      coming.ifPresent(Flow.Subscription::cancel);
      whole.onError(new TooLong());
    }
  }

  @Override
  public void onError(Throwable failure) {
    whole.onError(failure);
  }

  @Override
  public void onComplete() {
    whole.onComplete();
  }
}
