package io.sluice.source.landing;

import io.sluice.api.Look;
import io.sluice.api.SourceException;
import io.sluice.time.Interval;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;

/** Explains a failed reading by the file that caused it. */
public final class FileFailures {

  private FileFailures() {}

  /**
   * The file, what is wrong with it and what to do; empty where no file is to blame. Spark does not
   * name a packed file that breaks off, so after such a failure the packed ones are read through.
   */
  public static Optional<SourceException> explain(
      Throwable failure, Map<Interval, Look> looks, SparkSession spark) {
    Configuration storage = spark.sessionState().newHadoopConf();
    Optional<SourceException> broken =
        hasCause(failure, IOException.class) ? firstBroken(looks, storage) : Optional.empty();
    return broken.or(() -> Culprits.find(failure, looks).map(found -> named(found, failure)));
  }

  private static Optional<SourceException> firstBroken(
      Map<Interval, Look> looks, Configuration storage) {
    for (Map.Entry<Interval, Look> look : looks.entrySet()) {
      for (Look.Item item : look.getValue().items()) {
        if (item.bytes() > 0 && ItemBytes.isPacked(item.id(), storage)) {
          Optional<IOException> fault = fault(item.id(), storage);
          if (fault.isPresent()) {
            return Optional.of(
                told(new Culprits.Culprit(look.getKey(), item), fault.get(), fault.get()));
          }
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<IOException> fault(String id, Configuration storage) {
    byte[] buffer = new byte[1 << 16];
    try (InputStream bytes = ItemBytes.open(id, storage)) {
      while (bytes.read(buffer) >= 0) {
        // Only the end is of interest.
      }
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(e);
    }
  }

  private static SourceException named(Culprits.Culprit culprit, Throwable failure) {
    Throwable root = failure;
    for (int depth = 0; root.getCause() != null && depth < 50; depth++) {
      root = root.getCause();
    }
    return told(culprit, root, failure);
  }

  private static SourceException told(Culprits.Culprit culprit, Throwable root, Throwable failure) {
    String id = culprit.item().id();
    List<Interval> culprits = List.of(culprit.interval());
    if (root instanceof FileNotFoundException) {
      return SourceException.passing(id + " went away while it was read", culprits, failure);
    }
    String text = String.valueOf(root.getMessage()).lines().findFirst().orElse("");
    return SourceException.definite(
        "%s can't be read: %s; it may be cut off or not what its name says: have it sent again"
            .formatted(id, text),
        culprits,
        failure);
  }

  private static boolean hasCause(Throwable failure, Class<? extends Throwable> type) {
    Throwable at = failure;
    for (int depth = 0; at != null && depth < 50; depth++) {
      if (type.isInstance(at)) {
        return true;
      }
      at = at.getCause();
    }
    return false;
  }
}
