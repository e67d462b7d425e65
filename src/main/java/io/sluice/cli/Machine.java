package io.sluice.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/** Looks at Java and the class path; loads nothing of Spark but what says its version. */
final class Machine {
  private static final long MEBIBYTE = 1 << 20;
  private static final long SMALL_HEAP = 900;

  private Machine() {}

  static List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    int java = Runtime.version().feature();
    findings.add(
        new Finding(
            "Java",
            java == 17,
            java == 17
                ? Runtime.version().toString()
                : java + "; Spark 3.5 needs 17: set JAVA_HOME"));
    boolean open = Object.class.getModule().isOpen("java.lang", Machine.class.getModule());
    findings.add(
        new Finding(
            "Java's modules",
            open,
            open ? "open to Spark" : "closed to Spark; start by ./sluice or java -jar"));
    long heap = Runtime.getRuntime().maxMemory() / MEBIBYTE;
    findings.add(
        new Finding(
            "memory",
            heap >= SMALL_HEAP,
            heap + " MiB" + (heap >= SMALL_HEAP ? "" : "; give 1 GiB or more: SLUICE_HEAP=1200m")));
    findings.add(new Finding("Sluice", true, Version.text()));
    findings.add(version("Spark", "/spark-version-info.properties", "3.5."));
    findings.add(part("Delta", "io.delta.tables.DeltaTable"));
    findings.add(version("Hadoop", "/common-version-info.properties", "3."));
    findings.add(part("S3 file system", "org.apache.hadoop.fs.s3a.S3AFileSystem"));
    return findings;
  }

  private static Finding version(String what, String resource, String needed) {
    try (InputStream file = Machine.class.getResourceAsStream(resource)) {
      if (file == null) {
        return new Finding(what, false, "not on the class path; start by ./sluice or spark-submit");
      }
      Properties info = new Properties();
      info.load(file);
      String version = info.getProperty("version", "unknown");
      boolean good = version.startsWith(needed);
      return new Finding(
          what, good, good ? version : "%s; Sluice needs %s*".formatted(version, needed));
    } catch (IOException e) {
      return new Finding(what, false, Failures.cause(e));
    }
  }

  private static Finding part(String what, String className) {
    try {
      Class<?> found = Class.forName(className, false, Machine.class.getClassLoader());
      return new Finding(
          what,
          true,
          Optional.ofNullable(found.getPackage().getImplementationVersion()).orElse("there"));
    } catch (ClassNotFoundException | LinkageError e) {
      return new Finding(what, false, "not on the class path; start by ./sluice or spark-submit");
    }
  }
}
