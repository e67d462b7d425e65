package io.sluice.transform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.api.TaskContext;
import io.sluice.api.Transform;
import io.sluice.lake.Job;
import io.sluice.testing.Jobs;
import io.sluice.testing.TestSpark;
import io.sluice.time.Interval;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

class JavaTransformTest {
  private static final TaskContext TASK =
      new TaskContext() {
        @Override
        public SparkSession spark() {
          return TestSpark.session();
        }

        @Override
        public Dataset<Row> input(String name) {
          throw new IllegalArgumentException(name + " is not an input");
        }

        @Override
        public List<Interval> intervals() {
          return Jobs.days("2011-01-01", "2011-01-01");
        }

        @Override
        public Map<String, String> options() {
          return Map.of("n", "3");
        }
      };

  /** Works. */
  public static final class Numbers implements Transform {
    @Override
    public Dataset<Row> apply(TaskContext task) {
      return task.spark().range(Long.parseLong(task.options().getOrDefault("n", "0"))).toDF();
    }
  }

  /** Asks for what it has not. */
  public static final class Curious implements Transform {
    @Override
    public Dataset<Row> apply(TaskContext task) {
      return task.input("raw.other");
    }
  }

  /** Can't be created. */
  public static final class Broken implements Transform {
    public Broken() {
      throw new IllegalStateException("no licence");
    }

    @Override
    public Dataset<Row> apply(TaskContext task) {
      return task.spark().emptyDataFrame();
    }
  }

  /** Has no constructor that anybody could call. */
  public static final class Hidden implements Transform {
    private Hidden() {}

    @Override
    public Dataset<Row> apply(TaskContext task) {
      return task.spark().emptyDataFrame();
    }
  }

  @Test
  void aClassMakesTheRows() {
    assertEquals(3, transform(Numbers.class.getName()).apply(TASK).collectAsList().size());
  }

  @Test
  void aClassThatIsNotThereIsTold() {
    assertEquals(
        "jobs/analysis/x.sql:1: java = com.acme.Gone: not found; add its jar to the class path"
            + " (--jars, or lib/ of the project) or correct the name",
        wrong("com.acme.Gone"));
  }

  @Test
  void aClassOfAnotherKindIsTold() {
    assertEquals(
        "jobs/analysis/x.sql:1: java = java.lang.String: does not implement"
            + " io.sluice.api.Transform; make it do so",
        wrong("java.lang.String"));
  }

  @Test
  void aConstructorThatThrowsIsTold() {
    assertEquals(
        "jobs/analysis/x.sql:1: java = io.sluice.transform.JavaTransformTest$Broken: can't be"
            + " created: its constructor threw java.lang.IllegalStateException: no licence",
        wrong(Broken.class.getName()));
  }

  @Test
  void aHiddenConstructorIsTold() {
    assertEquals(
        "jobs/analysis/x.sql:1: java = io.sluice.transform.JavaTransformTest$Hidden: can't be"
            + " created; give it a public constructor without parameters",
        wrong(Hidden.class.getName()));
  }

  @Test
  void anInputThatTheDefinitionDoesNotHaveIsTold() {
    assertEquals(
        "jobs/analysis/x.sql:1: java = io.sluice.transform.JavaTransformTest$Curious: threw"
            + " java.lang.IllegalArgumentException: raw.other is not an input; correct it or its"
            + " inputs in the definition",
        wrong(Curious.class.getName()));
  }

  private static String wrong(String className) {
    return String.valueOf(
        assertThrows(TransformException.class, () -> transform(className).apply(TASK))
            .getMessage());
  }

  private static JavaTransform transform(String className) {
    Job job = Jobs.java("analysis.x", className, Map.of()).build();
    return new JavaTransform(job, className);
  }
}
