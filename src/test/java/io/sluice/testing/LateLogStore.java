package io.sluice.testing;

import io.sluice.table.commit.HardLinkLogStore;
import io.sluice.table.commit.SafeCommits;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.file.FileAlreadyExistsException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkEnv;

/**
 * A storage that is slow once: a commit to a chosen table times out, and is made when a test says
 * so. Public, because Delta makes it.
 */
public final class LateLogStore extends HardLinkLogStore {
  private static final String KEY = SafeCommits.key("file");
  private static volatile String slow = "";
  private static volatile Optional<Late> held = Optional.empty();

  private record Late(HardLinkLogStore store, Path path, List<String> actions, Configuration conf) {
    private void land() throws IOException {
      store.write(path, actions.iterator(), false, conf);
    }
  }

  public LateLogStore(Configuration hadoopConf) {
    super(hadoopConf);
  }

  /** Commits to tables that Delta has not opened yet come here until it is closed. */
  public static AutoCloseable open() {
    TestSpark.session();
    String before = SparkEnv.get().conf().get(KEY);
    SparkEnv.get().conf().set(KEY, LateLogStore.class.getName());
    return () -> {
      SparkEnv.get().conf().set(KEY, before);
      slow = "";
      held = Optional.empty();
    };
  }

  /** The next commit to the table whose path ends like this times out. */
  public static void delayNext(String table) {
    slow = table;
  }

  public static boolean isHolding() {
    return held.isPresent();
  }

  /** Makes the commit that was held back; false where another has its version. */
  public static boolean land() {
    try {
      held.orElseThrow().land();
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void write(
      Path path, Iterator<String> actions, Boolean overwrite, Configuration hadoopConf)
      throws IOException {
    boolean isSlow =
        !slow.isEmpty()
            && path.toString().contains(slow + "/_delta_log/")
            && path.getName().endsWith(".json");
    if (!isSlow) {
      super.write(path, actions, overwrite, hadoopConf);
      return;
    }
    slow = "";
    List<String> all = new ArrayList<>();
    actions.forEachRemaining(all::add);
    held = Optional.of(new Late(new HardLinkLogStore(hadoopConf), path, all, hadoopConf));
    throw new SocketTimeoutException("Read timed out");
  }
}
