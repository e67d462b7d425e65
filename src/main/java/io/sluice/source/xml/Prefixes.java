package io.sluice.source.xml;

import java.util.Map;
import javax.xml.namespace.QName;

/**
 * What names are called: with the prefix that the definition gives to a namespace, else with the
 * file's own.
 *
 * @param byNamespace prefixes; empty for none
 */
record Prefixes(Map<String, String> byNamespace) {

  Prefixes {
    byNamespace = Map.copyOf(byNamespace);
  }

  String name(QName name) {
    String prefix = byNamespace.getOrDefault(name.getNamespaceURI(), name.getPrefix());
    return prefix.isEmpty() ? name.getLocalPart() : prefix + ":" + name.getLocalPart();
  }
}
