package io.sluice.sql;

import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.catalyst.trees.TreeNode;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/** Spark's trees in Java's terms. */
final class Scala {
  private Scala() {}

  static <T> List<T> list(Seq<? extends T> seq) {
    return List.copyOf(JavaConverters.<T>seqAsJavaList(widen(seq)));
  }

  /** A Scala sequence is covariant, which Java does not see. */
  @SuppressWarnings("unchecked")
  private static <T> Seq<T> widen(Seq<? extends T> seq) {
    return (Seq<T>) seq;
  }

  static List<String> names(Seq<String> parts) {
    return Scala.<String>list(parts).stream().map(Scala::fold).toList();
  }

  static String fold(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /** Line of the text at which a node begins, from 1. */
  static int line(TreeNode<?> node) {
    return node.origin().line().isDefined() ? (Integer) node.origin().line().get() : 1;
  }
}
