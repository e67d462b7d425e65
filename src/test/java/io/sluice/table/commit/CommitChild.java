package io.sluice.table.commit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.delta.storage.LogStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.FileAlreadyExistsException;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** A process that is told versions, and tries to write each at once. */
final class CommitChild {
  static final String LOST = "lost";

  private CommitChild() {}

  /**
   * @param args store, log's folder, own name, number of commits, and Hadoop's settings
   */
  public static void main(String[] args) throws IOException, ReflectiveOperationException {
    Configuration hadoop = new Configuration();
    for (String setting : List.of(args).subList(4, args.length)) {
      String[] parts = setting.split("=", 2);
      hadoop.set(parts[0], parts[1]);
    }
    LogStore store =
        (LogStore) Class.forName(args[0]).getConstructor(Configuration.class).newInstance(hadoop);
    // Whatever is slow at the first time is done before the race.
    Iterator<String> warm = List.of("warm").iterator();
    store.write(new Path(args[1], "warm-" + args[2]), warm, true, hadoop);
    BufferedReader asked = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    System.out.println("ready");
    for (int i = 0; i < Integer.parseInt(args[3]); ) {
      String version = asked.readLine();
      if (version == null) {
        throw new IllegalStateException("Nobody told me what to write");
      }
      String content = args[2] + " " + i;
      try {
        store.write(
            version(args[1], Long.parseLong(version)), List.of(content).iterator(), false, hadoop);
        System.out.println(content);
        i++;
      } catch (FileAlreadyExistsException e) {
        System.out.println(LOST);
      }
    }
  }

  static Path version(String log, long version) {
    return new Path(log, String.format(Locale.ROOT, "%020d.json", version));
  }
}
