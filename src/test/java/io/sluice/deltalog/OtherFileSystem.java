package io.sluice.deltalog;

import java.net.URI;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.RawLocalFileSystem;

/** The machine's own files under another scheme, as Hadoop would reach an object storage. */
public final class OtherFileSystem extends RawLocalFileSystem {
  private static final URI NAME = URI.create("other://host");

  @Override
  public URI getUri() {
    return NAME;
  }

  @Override
  public void initialize(URI uri, Configuration configuration) throws java.io.IOException {
    super.initialize(NAME, configuration);
  }

  @Override
  public String getScheme() {
    return "other";
  }
}
