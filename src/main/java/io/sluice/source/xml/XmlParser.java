package io.sluice.source.xml;

import io.sluice.source.records.Parsed;
import io.sluice.source.records.RecordParser;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** Reads the elements that a cutter finds; nothing outside of them is ever fetched. */
final class XmlParser implements RecordParser {

  /** Takes what is in an element. */
  @FunctionalInterface
  interface Taker {
    Parsed take(XmlNode node, @Nullable Object[] values);
  }

  private final XMLInputFactory factory = factory();
  private final XmlCutter cutter;
  private final Prefixes prefixes;
  private final Optional<XsdCheck> check;
  private final Taker taker;

  /** Rows have as a rule the same elements around them as the row before. */
  private Map<String, String> around = Map.of();

  private byte[] writtenAround = new byte[0];

  XmlParser(XmlCutter cutter, Prefixes prefixes, Optional<XsdCheck> check, Taker taker) {
    this.cutter = cutter;
    this.prefixes = prefixes;
    this.check = check;
    this.taker = taker;
  }

  private static XMLInputFactory factory() {
    // The JDK's own, whatever else is on the class path.
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, true);
    return factory;
  }

  @Override
  public Parsed parse(byte[] bytes, int length, @Nullable Object[] values) {
    int name = nameEnd(bytes, length);
    byte[] declared = declarations(bytes, length);
    try {
      XmlNode node = node(whole(bytes, length, name, declared));
      if (check.isPresent()) {
        Optional<String> fault = check.get().fault(whole(bytes, length, name, declared));
        if (fault.isPresent()) {
          return new Parsed.Fault(fault.get());
        }
      }
      return taker.take(node, values);
    } catch (XMLStreamException e) {
      return new Parsed.Fault("the element is not well-formed: " + shortened(e));
    }
  }

  /** The element, with what the elements around it declare. */
  private static InputStream whole(byte[] bytes, int length, int name, byte[] declared) {
    return new SequenceInputStream(
        Collections.enumeration(
            List.of(
                new ByteArrayInputStream(bytes, 0, name),
                new ByteArrayInputStream(declared),
                new ByteArrayInputStream(bytes, name, length - name))));
  }

  private XmlNode node(InputStream text) throws XMLStreamException {
    XMLStreamReader in = factory.createXMLStreamReader(text, "UTF-8");
    try {
      in.nextTag();
      XmlNode node = XmlNode.read(in, prefixes, 0);
      while (in.hasNext()) {
        in.next();
      }
      return node;
    } finally {
      in.close();
    }
  }

  /** Of those around that the element does not declare itself. */
  private byte[] declarations(byte[] bytes, int length) {
    Map<String, String> namespaces = cutter.namespaces();
    if (namespaces.isEmpty()) {
      return new byte[0];
    }
    Map<String, String> own =
        Namespaces.of(new String(bytes, 0, tagEnd(bytes, length), StandardCharsets.UTF_8));
    if (!own.isEmpty()) {
      Map<String, String> others = new LinkedHashMap<>(namespaces);
      others.keySet().removeAll(own.keySet());
      return written(others);
    }
    if (!around.equals(namespaces)) {
      around = namespaces;
      writtenAround = written(namespaces);
    }
    return writtenAround;
  }

  private static byte[] written(Map<String, String> namespaces) {
    StringBuilder text = new StringBuilder();
    namespaces.forEach(
        (prefix, value) ->
            text.append(prefix.isEmpty() ? " xmlns" : " xmlns:" + prefix)
                .append('=')
                .append(value));
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static int nameEnd(byte[] bytes, int length) {
    int end = 1;
    while (end < length && " \t\r\n/>".indexOf(bytes[end]) < 0) {
      end++;
    }
    return Math.min(end, length);
  }

  private static int tagEnd(byte[] bytes, int length) {
    int end = 0;
    while (end < length && bytes[end] != '>') {
      end++;
    }
    return end;
  }

  /** Without the lines that the JDK's parser puts around what it says. */
  private static String shortened(XMLStreamException e) {
    String message = String.valueOf(e.getMessage());
    int at = message.indexOf("Message: ");
    return at < 0 ? message : message.substring(at + "Message: ".length());
  }
}
