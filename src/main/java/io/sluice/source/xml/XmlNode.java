package io.sluice.source.xml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * An element: its attributes under their names with {@code _} before them, its child elements by
 * name, and its own text.
 */
final class XmlNode {

  /** What an element's own text is called beside attributes and children. */
  static final String TEXT = "_VALUE";

  private static final String INSTANCE = "http://www.w3.org/2001/XMLSchema-instance";
  private static final int DEEPEST = 200;

  final Map<String, String> attributes = new LinkedHashMap<>();
  final Map<String, List<XmlNode>> children = new LinkedHashMap<>();
  final StringBuilder text = new StringBuilder();
  boolean isNil;

  /** The element that the reader stands at the beginning of. */
  static XmlNode read(XMLStreamReader in, Prefixes prefixes, int depth) throws XMLStreamException {
    if (depth > DEEPEST) {
      throw new XMLStreamException("elements lie more than %d deep".formatted(DEEPEST));
    }
    XmlNode node = new XmlNode();
    for (int i = 0; i < in.getAttributeCount(); i++) {
      if (INSTANCE.equals(in.getAttributeNamespace(i))) {
        node.isNil |=
            in.getAttributeLocalName(i).equals("nil") && in.getAttributeValue(i).equals("true");
      } else {
        node.attributes.put("_" + prefixes.name(in.getAttributeName(i)), in.getAttributeValue(i));
      }
    }
    while (true) {
      switch (in.next()) {
        case XMLStreamConstants.START_ELEMENT ->
            node.children
                .computeIfAbsent(prefixes.name(in.getName()), name -> new ArrayList<>())
                .add(read(in, prefixes, depth + 1));
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA ->
            node.text.append(in.getText());
        case XMLStreamConstants.ENTITY_REFERENCE ->
            throw new XMLStreamException(
                "&%s; is not known: entities of one's own are refused"
                    .formatted(in.getLocalName()));
        case XMLStreamConstants.END_ELEMENT -> {
          return node;
        }
        default -> {
          // Comments and instructions hold no values.
        }
      }
    }
  }

  boolean isPlain() {
    return attributes.isEmpty() && children.isEmpty();
  }

  /** Without the blanks around it, which are how the file is laid out. */
  String trimmed() {
    return text.toString().strip();
  }
}
