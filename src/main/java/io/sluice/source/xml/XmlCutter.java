package io.sluice.source.xml;

import io.sluice.source.records.ByteWindow;
import io.sluice.source.records.CopyingCutter;
import io.sluice.source.records.Cutter;
import io.sluice.source.records.Extent;
import io.sluice.source.xml.XmlTags.Kind;
import io.sluice.source.xml.XmlTags.Tag;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the elements that are rows, and what is wrong around them: an element that is not closed
 * ends where the next one begins, and a file that breaks off does so with a fault.
 */
final class XmlCutter extends CopyingCutter {

  private static final int SHOWN = 1 << 16;

  private final ByteWindow window;
  private final XmlTags tags;
  private final RowPath path;
  private final List<String> above = new ArrayList<>();

  /** What holds inside of each of those above. */
  private final List<Map<String, String>> namespaces = new ArrayList<>();

  private long counted;

  /** Where the last record ended: what follows outside of one may turn out to be a part of one. */
  private long since;

  private long line = 1;
  private boolean isOver;
  private boolean hasElement;
  private boolean isMixedUp;
  private boolean hasUnclosed;

  XmlCutter(InputStream text, Extent extent, RowPath path) {
    this.window = new ByteWindow(text, extent.from());
    this.tags = new XmlTags(window, extent.from());
    this.path = path;
    this.counted = extent.from();
    this.since = extent.from();
  }

  @Override
  public boolean next() throws IOException {
    while (!isOver) {
      count(tags.at());
      window.letGo(Math.max(since, tags.at() - SHOWN));
      long before = tags.at();
      Optional<Tag> found = tags.next();
      if (found.isEmpty()) {
        return window.isFull() ? tooLong(before) : end(before);
      }
      Tag tag = found.get();
      hasElement = true;
      if (tag.kind() != Kind.CLOSES && path.fits(above, tag.name())) {
        return row(tag);
      }
      if (tag.kind() == Kind.OPENS) {
        above.add(tag.name());
        namespaces.add(Namespaces.inside(window.text(tag.from(), tag.to()), namespaces()));
      } else if (tag.kind() == Kind.CLOSES && !close(tag)) {
        return true;
      }
    }
    return false;
  }

  /** From the tag that opens it to the one that closes it. */
  private boolean row(Tag opening) throws IOException {
    if (opening.kind() == Kind.BOTH) {
      return record(opening.from(), opening.to(), Optional.empty());
    }
    int depth = 1;
    long other = -1;
    while (true) {
      Optional<Tag> found = tags.next();
      if (found.isEmpty()) {
        tags.goTo(window.end());
        return unclosed(
            opening,
            other,
            window.isFull()
                ? tooLong(opening)
                : "the file ends inside <%s>".formatted(opening.name()));
      }
      Tag tag = found.get();
      if (path.isRow(tag.name())) {
        depth += tag.kind() == Kind.OPENS ? 1 : tag.kind() == Kind.CLOSES ? -1 : 0;
        other = other < 0 && tag.kind() != Kind.CLOSES ? tag.from() : other;
        if (hasUnclosed && other >= 0) {
          // Where one row lost its end others have too; not each is looked for to the file's.
          return unclosed(opening, other, "");
        }
      }
      if (depth == 0) {
        return record(opening.from(), tag.to(), Optional.empty());
      }
      if (tags.at() - opening.from() > LONGEST) {
        return unclosed(opening, other, tooLong(opening));
      }
    }
  }

  private static String tooLong(Tag opening) {
    return Cutter.tooLong("<" + opening.name() + ">") + ", or never closed";
  }

  private boolean tooLong(long before) {
    isMixedUp = true;
    tags.goTo(window.end());
    return record(
        before,
        Math.min(window.end(), before + SHOWN),
        Optional.of("no tag follows for %,d bytes".formatted(window.end() - before)));
  }

  /** What goes before another row's beginning is one that was never closed. */
  private boolean unclosed(Tag opening, long other, String why) {
    if (other >= 0) {
      hasUnclosed = true;
      tags.goTo(other);
      return record(
          opening.from(),
          other,
          Optional.of("<%s> is not closed before the next one begins".formatted(opening.name())));
    }
    isMixedUp = true;
    return record(opening.from(), Math.min(tags.at(), opening.from() + LONGEST), Optional.of(why));
  }

  /** False where a fault is to be told first. */
  private boolean close(Tag tag) {
    int last = above.size() - 1;
    if (last >= 0 && above.get(last).equals(tag.name())) {
      above.remove(last);
      namespaces.remove(last);
      return true;
    }
    // Told once, but for rows that lost their beginning.
    if (isMixedUp && !path.isRow(tag.name())) {
      return true;
    }
    isMixedUp = true;
    record(
        Math.max(since, tag.from() - SHOWN),
        tag.to(),
        Optional.of(
            last < 0
                ? "</%s> closes nothing".formatted(tag.name())
                : "</%s> stands where </%s> is looked for".formatted(tag.name(), above.get(last))));
    return false;
  }

  /** What is left behind the last tag. */
  private boolean end(long before) {
    isOver = true;
    String rest = window.text(before, window.end()).strip();
    long from = Math.max(since, window.end() - SHOWN);
    if (!above.isEmpty() && !isMixedUp) {
      String open = above.get(above.size() - 1);
      return record(
          from,
          window.end(),
          Optional.of("the file ends inside <%s>: it is cut off".formatted(open)));
    }
    if (!rest.isEmpty() && !(rest.startsWith("<!--") && rest.endsWith("-->"))) {
      return record(
          from,
          window.end(),
          Optional.of(hasElement ? "more follows behind the last element" : "this is no XML"));
    }
    return false;
  }

  private boolean record(long from, long to, Optional<String> why) {
    count(from);
    hold(window.copy(from, to), line, from, why);
    since = to;
    return true;
  }

  private void count(long position) {
    line += window.lines(counted, position);
    counted = Math.max(counted, position);
  }

  /** What elements around the row declare; the same map as long as they are the same. */
  Map<String, String> namespaces() {
    return namespaces.isEmpty() ? Map.of() : namespaces.get(namespaces.size() - 1);
  }

  @Override
  public void close() throws IOException {
    window.close();
  }
}
