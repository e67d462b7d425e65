package io.sluice.transform;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.AliasIdentifier;
import org.apache.spark.sql.catalyst.analysis.NamedParameter;
import org.apache.spark.sql.catalyst.analysis.UnresolvedRelation;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.parser.ParserInterface;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.SubqueryAlias;
import org.apache.spark.sql.catalyst.plans.logical.UnresolvedWith;
import scala.PartialFunction;
import scala.Tuple2;
import scala.runtime.AbstractPartialFunction;

/**
 * Runs SQL that names tables {@code layer.table} over rows that are not in any catalog. The names
 * are resolved in the parsed statement and not in its text, so that lines in errors stay true and
 * {@code sales.x} and {@code raw.sales.x} mean the table {@code raw.sales}.
 */
public final class SqlQuery {
  private final SparkSession spark;
  private final Function<String, Optional<Dataset<Row>>> tables;
  private final Map<String, String> params;
  private final Map<String, Expression> literals = new HashMap<>();

  /**
   * @param tables rows by {@code layer.table} in small letters; what it does not know is left to
   *     the session
   * @param params name to SQL literal
   */
  public SqlQuery(
      SparkSession spark,
      Function<String, Optional<Dataset<Row>>> tables,
      Map<String, String> params) {
    this.spark = spark;
    this.tables = tables;
    this.params = Map.copyOf(params);
  }

  /** The rows of a SELECT, analysed; nothing runs yet. */
  public Dataset<Row> rows(SqlText sql) {
    return analysed(
        sql,
        () -> {
          ParserInterface parser = spark.sessionState().sqlParser();
          for (Map.Entry<String, String> param : params.entrySet()) {
            literals.put(param.getKey(), parser.parseExpression(param.getValue()));
          }
          return Dataset.ofRows(spark, resolved(parser.parsePlan(sql.text())));
        });
  }

  private interface Analysis {
    // AnalysisException is checked in Java, and thrown by Spark without being declared.
    Dataset<Row> run() throws AnalysisException;
  }

  private static Dataset<Row> analysed(SqlText sql, Analysis analysis) {
    try {
      return analysis.run();
    } catch (AnalysisException e) {
      throw new TransformException(SqlErrors.explain(sql, e), e);
    }
  }

  private LogicalPlan resolved(LogicalPlan plan) {
    return plan.transformUpWithSubqueries(function(this::node));
  }

  private LogicalPlan node(LogicalPlan node) {
    if (node instanceof UnresolvedRelation relation) {
      return table(relation);
    }
    if (node instanceof UnresolvedWith with) {
      return with.copy(with.child(), with.cteRelations().map(function(this::cte), canBuild()));
    }
    return (LogicalPlan) node.transformExpressionsUp(function(this::expression));
  }

  private Tuple2<String, SubqueryAlias> cte(Tuple2<String, SubqueryAlias> cte) {
    return new Tuple2<>(cte._1(), (SubqueryAlias) resolved(cte._2()));
  }

  private LogicalPlan table(UnresolvedRelation relation) {
    String name = relation.multipartIdentifier().mkString(".").toLowerCase(Locale.ROOT);
    String table = name.substring(name.lastIndexOf('.') + 1);
    return tables
        .apply(name)
        .<LogicalPlan>map(
            rows ->
                new SubqueryAlias(
                    new AliasIdentifier(
                        table, relation.multipartIdentifier().dropRight(1).toList()),
                    rows.queryExecution().analyzed()))
        .orElse(relation);
  }

  private Expression expression(Expression expression) {
    return expression instanceof NamedParameter parameter
        ? literals.getOrDefault(parameter.name(), expression)
        : expression;
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // Scala's builder of a List, which Java can't name
  private static <A, B>
      scala.collection.generic.CanBuildFrom<A, B, scala.collection.Seq<B>> canBuild() {
    return (scala.collection.generic.CanBuildFrom)
        scala.collection.immutable.List$.MODULE$.canBuildFrom();
  }

  private static <T> PartialFunction<T, T> function(Function<T, T> step) {
    return new AbstractPartialFunction<>() {
      @Override
      public boolean isDefinedAt(T node) {
        return true;
      }

      @Override
      public T apply(T node) {
        return step.apply(node);
      }
    };
  }
}
