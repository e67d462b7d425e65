package io.sluice.lake;

import io.sluice.time.Interval;
import io.sluice.time.Lookback;
import java.io.Serializable;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where a raw table's rows come from, and for which time.
 *
 * @param span the intervals that this source is for
 * @param columns received columns that are renamed or typed; all others are kept as received
 * @param reread how far back of each new interval is read again with it
 */
public record SourceSpec(
    Interval span, List<Column> columns, Lookback reread, Kind kind, Origin origin) {

  public SourceSpec {
    columns = List.copyOf(columns);
  }

  /**
   * A declared column.
   *
   * @param type Spark SQL type; empty: as received
   */
  public record Column(String received, String name, Optional<String> type) {}

  /** What stands at the other end. */
  public sealed interface Kind {}

  /** Files of a landing folder, in whatever format. */
  public sealed interface Landed extends Kind {
    Landing landing();

    /** Of the format's reader. */
    default Map<String, String> options() {
      return Map.of();
    }
  }

  /**
   * A folder that others put files into.
   *
   * @param path URI or path, absolute; {@code {yyyy-MM-dd}} stands for the interval's start, {@code
   *     *} and {@code ?} as in a shell; without a date pattern a file belongs to the interval in
   *     which it was first seen
   * @param exclude names of files that are not meant, with {@code *} and {@code ?}
   * @param ready name of a file that says that an interval's files are all there; it may have a
   *     date
   * @param settle how long a file must have been left alone
   */
  public record Landing(
      String path, Missing missing, List<String> exclude, Optional<String> ready, Duration settle) {
    public Landing {
      exclude = List.copyOf(exclude);
    }

    /** All files of the path, as soon as they are there. */
    public Landing(String path, Missing missing) {
      this(path, missing, List.of(), Optional.empty(), Duration.ZERO);
    }
  }

  /**
   * Files in a format that Spark reads.
   *
   * @param format {@code csv}, {@code json}, {@code parquet} or {@code text}
   * @param options the reader's own
   */
  public record Files(Landing landing, String format, Map<String, String> options)
      implements Landed {
    public Files {
      options = Map.copyOf(options);
    }
  }

  /**
   * Logs of web servers.
   *
   * @param format {@code common}, {@code combined}, {@code w3c}, {@code json}, or a format string
   *     of Apache's or nginx's
   * @param fields by column: the JSON field that it is in, where that is not the usual one
   * @param zone of times that say none
   */
  public record Weblog(
      Landing landing, String format, Map<String, String> fields, ZoneId zone, String encoding)
      implements Landed {
    public Weblog {
      fields = Map.copyOf(fields);
    }
  }

  /**
   * XML files.
   *
   * @param row name of the elements that are rows, or names from outside to inside, parted by
   *     slashes
   * @param namespaces by prefix: what elements of a namespace are called, whatever a file calls
   *     them
   * @param xsd path of a schema that each of these elements must keep
   * @param encoding where the files don't say it themselves
   */
  public record Xml(
      Landing landing,
      String row,
      Map<String, String> namespaces,
      Optional<String> xsd,
      Optional<String> encoding)
      implements Landed {
    public Xml {
      namespaces = Map.copyOf(namespaces);
    }
  }

  /**
   * Lines whose values stand at fixed places.
   *
   * @param layout in order
   * @param record which lines are meant; empty for all
   */
  public record Fixed(
      Landing landing, List<Field> layout, Optional<RecordType> record, String encoding)
      implements Landed {
    public Fixed {
      layout = List.copyOf(layout);
    }

    /**
     * Where a value stands: characters, counted from 1, the last included.
     *
     * @param last {@link #END} for the end of the line
     */
    public record Place(int first, int last) implements Serializable {
      public static final int END = Integer.MAX_VALUE;

      public Place {
        if (first < 1 || last < first) {
          throw new IllegalArgumentException("%d-%d is no place".formatted(first, last));
        }
      }

      /** Whether all up to the line's end is meant. */
      public boolean isOpen() {
        return last == END;
      }

      /** How many characters a line must have. */
      public int least() {
        return isOpen() ? first - 1 : last;
      }
    }

    /** A named place. */
    public record Field(String name, Place place) implements Serializable {}

    /**
     * The type that a line has.
     *
     * @param is of the lines that are meant
     * @param others of lines that other jobs take; {@code *} for any
     */
    public record RecordType(Place at, String is, List<String> others) implements Serializable {
      public RecordType {
        others = List.copyOf(others);
      }
    }
  }

  /** What an interval without a file is. */
  public enum Missing {
    /** Made, without rows. */
    EMPTY,
    /** Not made until there is one. */
    WAIT,
    /** Failed. */
    FAIL
  }

  /**
   * A table or query of a relational database.
   *
   * @param from table name, or a query in parentheses
   * @param by the column whose value says which interval a row belongs to; without it the whole
   *     table is read, which knows only the present
   * @param parallel how many readers, split by {@code splitBy}
   * @param statementTimeout how long the database may take to answer; whole seconds
   */
  public record Jdbc(
      String url,
      Optional<String> user,
      Optional<Secret> password,
      Optional<String> driver,
      String from,
      Optional<String> by,
      int parallel,
      Optional<String> splitBy,
      int fetchSize,
      Optional<Duration> statementTimeout)
      implements Kind {}

  /**
   * A JSON API.
   *
   * @param records names from the outside of the body to the list of records; empty where it is the
   *     list
   */
  public record Rest(
      RestRequest request,
      RestAuth auth,
      List<String> records,
      RestPaging paging,
      RestLimits limits)
      implements Kind {
    public Rest {
      records = List.copyOf(records);
    }
  }

  /**
   * A collection of MongoDB.
   *
   * @param uri may hold user and password
   * @param by path of the field whose value says which interval a document belongs to; without it
   *     the whole collection is read, which knows only the present
   * @param parallel how many readers, split by {@code _id}
   * @param sample how many documents tell the types of fields that are not declared
   */
  public record Mongo(
      Secret uri,
      Optional<String> user,
      Optional<Secret> password,
      String database,
      String collection,
      Optional<String> by,
      int parallel,
      int sample)
      implements Kind {}

  /**
   * A table of Cassandra.
   *
   * @param hosts where to ask first
   * @param localDc the data centre to stay in
   * @param by the column whose value says which interval a row belongs to; without it the whole
   *     table is read, which knows only the present
   * @param consistency how many replicas must agree
   * @param ssl whether the wire is encrypted
   */
  public record Cassandra(
      List<String> hosts,
      int port,
      Optional<String> localDc,
      Optional<String> user,
      Optional<Secret> password,
      String keyspace,
      String table,
      Optional<String> by,
      Optional<String> consistency,
      boolean ssl)
      implements Kind {
    public Cassandra {
      hosts = List.copyOf(hosts);
    }
  }
}
