package io.sluice.transform;

import io.sluice.api.TaskContext;
import io.sluice.api.Transform;
import io.sluice.lake.Job;
import java.lang.reflect.InvocationTargetException;
import java.util.Objects;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Makes a job's rows by a user's class. */
public final class JavaTransform implements Transform {
  private final Job job;
  private final String className;

  public JavaTransform(Job job, String className) {
    this.job = job;
    this.className = className;
  }

  @Override
  public Dataset<Row> apply(TaskContext task) {
    Transform transform = load();
    Dataset<Row> rows;
    try {
      rows = transform.apply(task);
    } catch (IllegalArgumentException e) {
      throw wrong("threw " + e + "; correct it or its inputs in the definition", e);
    }
    return Objects.requireNonNullElseGet(
        rows,
        () -> {
          throw wrong("returned null; return the rows", new NullPointerException());
        });
  }

  private Transform load() {
    try {
      Class<?> type =
          Class.forName(className, true, Thread.currentThread().getContextClassLoader());
      if (!Transform.class.isAssignableFrom(type)) {
        throw wrong(
            "does not implement io.sluice.api.Transform; make it do so",
            new ClassCastException(className));
      }
      return (Transform) type.getConstructor().newInstance();
    } catch (ClassNotFoundException e) {
      throw wrong(
          "not found; add its jar to the class path (--jars, or lib/ of the project) or correct"
              + " the name",
          e);
    } catch (NoSuchMethodException | IllegalAccessException | InstantiationException e) {
      throw wrong("can't be created; give it a public constructor without parameters", e);
    } catch (InvocationTargetException e) {
      throw wrong("can't be created: its constructor threw " + e.getCause(), e);
    } catch (LinkageError e) {
      throw wrong("can't be loaded: " + e + "; build it for Java 17 and these versions", e);
    }
  }

  private TransformException wrong(String what, Throwable cause) {
    return new TransformException(job.origin() + ": java = " + className + ": " + what, cause);
  }
}
