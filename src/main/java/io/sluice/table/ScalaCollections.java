package io.sluice.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/** Java's collections as Scala's, and the other way round. */
final class ScalaCollections {
  private ScalaCollections() {}

  static <T> List<T> list(Seq<T> seq) {
    return JavaConverters.seqAsJavaList(seq);
  }

  static <T> Seq<T> seq(List<? extends T> list) {
    return JavaConverters.<T>asScalaBuffer(new ArrayList<T>(list)).toSeq();
  }

  static <V> scala.collection.immutable.Map<String, V> map(Map<String, V> map) {
    return scala.collection.immutable.Map$.MODULE$
        .<String, V>empty()
        .$plus$plus(JavaConverters.mapAsScalaMap(map));
  }
}
