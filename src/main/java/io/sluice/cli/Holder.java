package io.sluice.cli;

import java.io.IOException;
import java.lang.ProcessHandle.Info;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * Who holds a run's leases: {@code host/process/start/number}, so that the same machine can tell
 * whether the process is still there.
 */
final class Holder {
  private static final String MACHINE = "pid:[4026531836]";

  private Holder() {}

  /**
   * @param run tells two runs of one process apart
   */
  static String mine(String run) {
    ProcessHandle own = ProcessHandle.current();
    return "%s/%d/%s/%s".formatted(host(), own.pid(), start(own.info()), run);
  }

  /** Whether that process was on this machine and is no more; false where that can't be told. */
  static boolean isDead(String holder) {
    String[] parts = holder.split("/", -1);
    if (parts.length != 4 || !parts[0].equals(host())) {
      return false;
    }
    try {
      Optional<ProcessHandle> process = ProcessHandle.of(Long.parseLong(parts[1]));
      return process.filter(ProcessHandle::isAlive).isEmpty()
          || !start(process.get().info()).equals(parts[2]);
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static String start(Info info) {
    return info.startInstant().map(Instant::toEpochMilli).map(String::valueOf).orElse("");
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName().replace('/', '_') + boot() + namespace();
    } catch (UnknownHostException e) {
      return "localhost" + boot() + namespace();
    }
  }

  /** Machines may share a name, too; none shares the moment in which it was started. */
  private static String boot() {
    try {
      return "."
          + Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip().split("-")[0];
    } catch (IOException e) {
      return "";
    }
  }

  /** Containers may share a name, and do not see each other's processes. */
  private static String namespace() {
    try {
      String pids = Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString();
      return pids.equals(MACHINE) ? "" : "." + pids.replaceAll("\\D", "");
    } catch (IOException | UnsupportedOperationException e) {
      return "";
    }
  }
}
