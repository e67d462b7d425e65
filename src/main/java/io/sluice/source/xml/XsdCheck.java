package io.sluice.source.xml;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import javax.xml.validation.Validator;
import org.xml.sax.SAXException;

/** Holds elements against a schema; one for each slice, since a validator serves one thread. */
final class XsdCheck {
  private final Validator validator;

  private XsdCheck(Validator validator) {
    this.validator = validator;
  }

  /**
   * @param schema its bytes, each as a character; it may refer to no other
   * @throws IllegalArgumentException where it is none
   */
  static XsdCheck of(String schema) {
    try {
      SchemaFactory factory = SchemaFactory.newDefaultInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
      factory.setProperty(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
      Schema known =
          factory.newSchema(
              new StreamSource(
                  new ByteArrayInputStream(schema.getBytes(StandardCharsets.ISO_8859_1))));
      Validator validator = known.newValidator();
      validator.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
      validator.setProperty(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
      return new XsdCheck(validator);
    } catch (SAXException e) {
      throw new IllegalArgumentException(
          "xsd: %s; correct the schema, and put all of it into one file".formatted(e.getMessage()),
          e);
    }
  }

  Optional<String> fault(InputStream element) {
    try {
      validator.validate(new StreamSource(element));
      return Optional.empty();
    } catch (SAXException e) {
      return Optional.of("the element is not as the schema says: " + e.getMessage());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
