package io.sluice.source.rest;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Sends one request and waits for the whole answer. */
final class Http {
  private final Duration timeout;
  private final Secrets secrets;
  private final HttpClient client;

  Http(Duration timeout, Secrets secrets) {
    this.timeout = timeout;
    this.secrets = secrets;
    this.client =
        HttpClient.newBuilder()
            .connectTimeout(timeout)
            // To change over from it in the middle is what servers do worst.
            .version(HttpClient.Version.HTTP_1_1)
            // They are followed by those who know which host may be told the credentials.
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  /**
   * @throws RestFault passing, where no whole answer came
   */
  Answer send(HttpRequest request) throws RestFault, InterruptedException {
    CompletableFuture<HttpResponse<byte[]>> coming =
        client.sendAsync(request, info -> new LimitedBody(JsonPages.LARGEST));
    try {
      // The request's own limit ends with the headers; a body may stop coming as well.
      HttpResponse<byte[]> response = coming.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      return new Answer(response.statusCode(), response.headers(), response.body());
    } catch (TimeoutException e) {
      throw RestFault.passing("no answer within %s s".formatted(timeout.toMillis() / 1000.0));
    } catch (ExecutionException e) {
      throw fault(e.getCause() == null ? e : e.getCause());
    } finally {
      coming.cancel(true);
    }
  }

  private RestFault fault(Throwable cause) {
    if (cause instanceof LimitedBody.TooLong) {
      return RestFault.ofInterval(
          "the answer has more than %,d MB; ask for smaller pages"
              .formatted(JsonPages.LARGEST >> 20));
    }
    if (!(cause instanceof IOException)) {
      throw new IllegalStateException(secrets.hide(String.valueOf(cause)), cause);
    }
    String message = cause.getMessage();
    String said = message == null ? "" : ": " + secrets.hide(message);
    String what = cause.getClass().getSimpleName() + said;
    // What is below it would bring texts of its own into logs.
    IOException shown = new IOException(what);
    shown.setStackTrace(cause.getStackTrace());
    return RestFault.passing("no answer: " + what, shown);
  }
}
