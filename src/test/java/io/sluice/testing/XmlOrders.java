package io.sluice.testing;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** A document of at least so many bytes, written while it is read; orders are numbered from 1. */
public final class XmlOrders extends InputStream {
  private final long bytes;
  private long made;
  private long orders;
  private boolean isClosed;
  private byte[] text;
  private int at;

  public XmlOrders(long bytes) {
    this.bytes = bytes;
    this.text =
        "<?xml version=\"1.0\"?>\n<s:orders xmlns:s=\"urn:shop\">\n"
            .getBytes(StandardCharsets.UTF_8);
  }

  /** How many orders it has so far. */
  public long written() {
    return orders;
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] into, int offset, int length) {
    if (at == text.length && !goOn()) {
      return -1;
    }
    int some = Math.min(length, text.length - at);
    System.arraycopy(text, at, into, offset, some);
    at += some;
    return some;
  }

  private boolean goOn() {
    if (isClosed) {
      return false;
    }
    made += text.length;
    isClosed = made >= bytes;
    text = (isClosed ? "</s:orders>\n" : order(++orders)).getBytes(StandardCharsets.UTF_8);
    at = 0;
    return true;
  }

  private static String order(long id) {
    return """
        <s:order id="%d" state="paid"><s:customer><s:name>Ann &amp; Bo %d</s:name><s:city>Zürich</s:city></s:customer>
          <s:line sku="a%d" n="2">%d.50</s:line><s:line sku="b%d" n="1">7.25</s:line>
          <total>%d.75</total><note><![CDATA[left <at> the door]]></note>
        </s:order>
        """
        .formatted(id, id, id % 1000, id % 100, id % 77, id % 10_000);
  }
}
