package io.sluice.sql;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.analysis.FunctionRegistry;
import org.apache.spark.sql.catalyst.analysis.UnresolvedFunction;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateExpression;

/** What is known of functions by their names. */
final class Functions {
  private static final Set<String> RANDOM =
      Set.of(
          "rand",
          "randn",
          "random",
          "uuid",
          "shuffle",
          "monotonically_increasing_id",
          "spark_partition_id",
          "input_file_name",
          "input_file_block_start",
          "input_file_block_length",
          "java_method",
          "reflect");
  private static final Set<String> BY_ORDER_OF_ROWS =
      Set.of(
          "first",
          "first_value",
          "last",
          "last_value",
          "any_value",
          "collect_list",
          "collect_set",
          "array_agg",
          "approx_percentile",
          "percentile_approx",
          "histogram_numeric");
  private static final Set<String> ORDERING =
      Set.of("sort_array", "array_sort", "size", "cardinality", "array_size", "array_contains");

  private Functions() {}

  static Optional<String> name(Expression expression) {
    if (expression instanceof UnresolvedFunction function) {
      List<String> parts = Scala.names(function.nameParts());
      return Optional.of(parts.get(parts.size() - 1));
    }
    if (expression instanceof AggregateExpression aggregate) {
      return Optional.of(aggregate.aggregateFunction().prettyName());
    }
    return Optional.empty();
  }

  /** Whether it may give another value when the same rows are read otherwise. */
  static boolean isRandom(String name) {
    return RANDOM.contains(name);
  }

  static boolean dependsOnOrder(String name) {
    return BY_ORDER_OF_ROWS.contains(name);
  }

  /** Whether a function makes the order of its argument's elements irrelevant. */
  static boolean forgetsOrder(String name) {
    return ORDERING.contains(name);
  }

  static boolean isKnown(Expression expression) {
    return !(expression instanceof UnresolvedFunction) || group(expression).isPresent();
  }

  static boolean isAggregate(Expression expression) {
    return expression instanceof AggregateExpression
        || group(expression).filter("agg_funcs"::equals).isPresent();
  }

  /** Whether a function makes a number of columns that its call does not tell. */
  static boolean isGenerator(Expression expression) {
    return group(expression).filter("generator_funcs"::equals).isPresent()
        || name(expression).filter("json_tuple"::equals).isPresent();
  }

  private static Optional<String> group(Expression expression) {
    if (!(expression instanceof UnresolvedFunction function) || function.nameParts().size() != 1) {
      return Optional.empty();
    }
    var info =
        FunctionRegistry.builtin()
            .lookupFunction(FunctionIdentifier.apply(function.nameParts().head()));
    return info.isDefined() ? Optional.of(info.get().getGroup()) : Optional.empty();
  }
}
