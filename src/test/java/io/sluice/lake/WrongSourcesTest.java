package io.sluice.lake;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Mistakes in what a raw table is made from. */
class WrongSourcesTest extends WrongDefinitions {

  @Test
  void aSourceWithoutAType() {
    source("path = \"a.csv\"", "jobs/raw/sales.conf:1: source.type: missing; write type = files");
  }

  @Test
  void aSourceOfALaterVersion() {
    source(
        "type = kafka, url = \"https://shop\"",
        "jobs/raw/sales.conf:1: source.type: not yet: sources of type kafka come with a later version; write files, weblog, xml, fixed, jdbc, rest, mongodb or cassandra");
    source(
        "type = mongdb, uri = \"mongodb://shop\"",
        "jobs/raw/sales.conf:1: source.type: 'mongdb' is not known here; write mongodb");
  }

  @Test
  void aCollectionOfMongoDbThatCantBeMeant() {
    mongo(
        "uri = \"shop:27017\"",
        ".uri: does not begin with mongodb://; write \"mongodb://shop.internal:27017\"");
    mongo(
        "uri = \"mongodb://shop\", user = reader",
        ".user: one is of no use without the other; write user = ${SHOP_USER}, password = ${SHOP_PASSWORD}");
    mongo(
        "uri = \"mongodb://a:b@shop\", user = reader, password = x",
        ".user: the uri names a user too; keep one");
    mongo(
        "uri = \"mongodb://shop\", by = \"meta..at\"",
        ".by: 'meta..at' is not the path of a field; write by = updated_at, or by = \"meta.updated_at\"");
    mongo(
        "uri = \"mongodb://shop\", reread = 1 day",
        ".reread: the whole collection is read each time; leave it out, or write by = …");
    mongo(
        "uri = \"mongodb://shop\", sample = 0",
        ".sample: '0' is not a whole number from 1; write sample = 1");
    mongo(
        "uri = \"mongodb://shop\", partitions = few",
        ".partitions: 'few' is not a whole number from 1; write partitions = 1");
    source(
        "type = mongodb, uri = \"mongodb://shop\", database = shop",
        "jobs/raw/sales.conf:1: source.collection: missing; write collection = orders");
  }

  private void mongo(String more, String problem) {
    source(
        "type = mongodb, database = shop, collection = orders, " + more,
        "jobs/raw/sales.conf:1: source" + problem);
  }

  @Test
  void aTableOfCassandraThatCantBeMeant() {
    cassandra(
        "hosts = [\"a:9042\"]",
        ".hosts: 'a:9042' is not the name of a host; write hosts = [cassandra1.internal], port = 9042");
    cassandra(
        "hosts = a, password = x",
        ".password: one is of no use without the other; write user = ${SHOP_USER}, password = ${SHOP_PASSWORD}");
    cassandra(
        "hosts = a, consistency = quorum",
        ".consistency: 'quorum' is not known; write LOCAL_ONE, LOCAL_QUORUM, QUORUM or ALL");
    cassandra(
        "hosts = a, reread = 1 day",
        ".reread: the whole table is read each time; leave it out, or write by = …");
    cassandra("hosts = a, ssl = maybe", ".ssl: 'maybe' is not true or false; write ssl = true");
    source(
        "type = cassandra, keyspace = shop, table = orders",
        "jobs/raw/sales.conf:1: source.hosts: missing; write hosts = [cassandra1.internal, cassandra2.internal]");
  }

  private void cassandra(String more, String problem) {
    source(
        "type = cassandra, keyspace = shop, table = orders, " + more,
        "jobs/raw/sales.conf:1: source" + problem);
  }

  @Test
  void aSourceTypeMisspelled() {
    source(
        "type = file, path = \"a.csv\"",
        "jobs/raw/sales.conf:1: source.type: 'file' is not known here; write files");
  }

  @Test
  void aMarkerThatNobodyCouldFind() {
    source(
        "type = files, path = \"in/a.csv\", ready = _SUCCESS",
        "jobs/raw/sales.conf:1: source.ready: the path has no date that it could be for; write one, as {yyyy-MM-dd}");
    source(
        "type = files, path = \"in/{yyyy-MM-dd}/a.csv\", ready = \"done/_SUCCESS\"",
        "jobs/raw/sales.conf:1: source.ready: 'done/_SUCCESS' is a path; write the name alone: it lies beside the files");
  }

  @Test
  void aWebLogOfNoFormat() {
    source(
        "type = weblog, path = \"a.log\"",
        "jobs/raw/sales.conf:1: source.format: missing; write format = combined");
    source(
        "type = weblog, path = \"a.log\", format = combine",
        "jobs/raw/sales.conf:1: source.format: 'combine' is not known; write combined, or the format string of the server's configuration");
  }

  @Test
  void aFormatStringThatNobodyCouldReadBy() {
    Map.of(
            "%h%u",
            "nothing stands between client and user, so nobody can tell where one ends; put a blank between them, here and in the server's configuration",
            "$status$host",
            "nothing stands between status and host, so nobody can tell where one ends; put a blank between them, here and in the server's configuration",
            "%h %a",
            "it has two values for client; leave one of them out, here and in the server's configuration",
            "%h %Z",
            "'%Z' is not a directive that is known here; leave it out, here and in the server's configuration",
            "%h100%",
            "'100%' is not a directive of Apache's; write %% for a percent sign",
            "%{}i",
            "%i needs a name: %{Referer}i",
            "%{%Q}t %h",
            "%Q in a time is not known here; write %d/%b/%Y:%H:%M:%S %z",
            "%{%Y%Y%Y%Y%Y}t",
            "the time '%Y%Y%Y%Y%Y' can't be read: The minimum width must be from 1 to 19 inclusive but was 20; write %d/%b/%Y:%H:%M:%S %z",
            "100%%",
            "'100%%' has no value in it; write it as in the server's configuration, as %h %l %u %t \"%r\" %>s %b")
        .forEach(
            (format, message) ->
                source(
                    "type = weblog, path = \"a.log\", format = \"%s\"".formatted(format),
                    "jobs/raw/sales.conf:1: source.format: " + message));
  }

  @Test
  void fieldsOfALogThatHasNone() {
    source(
        "type = weblog, path = \"a.log\", format = common, fields { client = ip }",
        "jobs/raw/sales.conf:1: source.fields: only format = json has fields to name; leave it out");
    source(
        "type = weblog, path = \"a.log\", format = json, fields { clint = ip }",
        "jobs/raw/sales.conf:1: source.fields.clint: not a column of web logs; write client, or give further fields in columns { NAME = string }");
  }

  @Test
  void aZoneOrAnEncodingThatIsNone() {
    source(
        "type = weblog, path = \"a.log\", format = common, zone = Londn",
        "jobs/raw/sales.conf:1: source.zone: 'Londn' is no time zone; write Europe/London");
    source(
        "type = xml, path = \"a.xml\", row = o, encoding = utf9",
        "jobs/raw/sales.conf:1: source.encoding: 'utf9' is no encoding; write UTF-8, ISO-8859-1, windows-1252 …");
  }

  @Test
  void anElementThatIsNoName() {
    source(
        "type = xml, path = \"a.xml\"",
        "jobs/raw/sales.conf:1: source.row: missing; write row = order");
    source(
        "type = xml, path = \"a.xml\", row = \"<order>\"",
        "jobs/raw/sales.conf:1: source.row: '<order>' is not the name of an element; write row = order, or row = \"orders/order\" with those around it");
  }

  @Test
  void aLayoutWithoutPlaces() {
    source(
        "type = fixed, path = \"a.txt\"",
        "jobs/raw/sales.conf:1: source.layout: missing; write layout { account = 1-10, amount = 11-22 }");
    source(
        "type = fixed, path = \"a.txt\", layout { a = 9-3 }",
        "jobs/raw/sales.conf:1: source.layout.a: '9-3' is no place in a line; write first and last character, counted from 1: a = 3-12");
  }

  @Test
  void filesWithoutAPath() {
    source(
        "type = files, format = csv",
        "jobs/raw/sales.conf:1: source.path: missing; write path = \"landing/sales/{yyyy-MM-dd}.csv\"");
  }

  @Test
  void filesOfAFormatThatCannotBeGuessed() {
    source(
        "type = files, path = \"landing/sales\"",
        "jobs/raw/sales.conf:1: source.format: missing; write format = csv");
  }

  @Test
  void filesOfAFormatThatIsNone() {
    source(
        "type = files, path = \"a.x\", format = excel",
        "jobs/raw/sales.conf:1: source.format: 'excel' is not known here; write one of csv, json, parquet, text");
  }

  @Test
  void aDatePatternThatIsNone() {
    source(
        "type = files, path = \"{date}.csv\"",
        "jobs/raw/sales.conf:1: source.path: {date} is not a pattern of a date; write {yyyy-MM-dd}");
  }

  @Test
  void aDatePatternTooCoarse() {
    source(
        "type = files, path = \"{yyyy-MM}.csv\"",
        "jobs/raw/sales.conf:1: source.path: its date does not tell one day from the next; write {yyyy-MM-dd}");
  }

  @Test
  void missingOfNoKind() {
    source(
        "type = files, path = \"a.csv\", missing = skip",
        "jobs/raw/sales.conf:1: source.missing: 'skip' is not known here; write one of empty, wait, fail");
  }

  @Test
  void aColumnOfNoType() {
    source(
        "type = files, path = \"a.csv\", columns { a = text }",
        "jobs/raw/sales.conf:1: source.columns.a: 'text' is not a type; write one of Spark SQL's: string, int, bigint, double, \"decimal(10,2)\", date, timestamp");
  }

  @Test
  void twoColumnsOfOneName() {
    source(
        "type = files, path = \"a.csv\", columns { a = string, b { name = a } }",
        "jobs/raw/sales.conf:1: source.columns.b: a second column named a; give it another name");
  }

  @Test
  void aDatabaseWithoutTable() {
    source(
        "type = jdbc, url = \"jdbc:h2:mem:a\"",
        "jobs/raw/sales.conf:1: source.table: missing; write table = customers, or query = \"SELECT …\"");
  }

  @Test
  void aDatabaseWithTableAndQuery() {
    source(
        "type = jdbc, url = \"jdbc:h2:mem:a\", table = t, query = \"SELECT 1\"",
        "jobs/raw/sales.conf:1: source.table: there is a query too; keep one");
  }

  @Test
  void aDatabaseUrlIsNotShown() {
    source(
        "type = jdbc, url = \"h2:mem:secret\", table = t",
        "jobs/raw/sales.conf:1: source.url: does not begin with jdbc:; write \"jdbc:postgresql://host/database\"");
  }

  @Test
  void partitionsWithoutAColumn() {
    source(
        "type = jdbc, url = \"jdbc:h2:mem:a\", table = t, partitions = 4",
        "jobs/raw/sales.conf:1: source.partitions: it is not said by which column; write split-by = id, a number or a date");
  }

  @Test
  void splitWithoutPartitions() {
    source(
        "type = jdbc, url = \"jdbc:h2:mem:a\", table = t, split-by = id",
        "jobs/raw/sales.conf:1: source.split-by: one reader needs no column to split by; write partitions = 4");
  }

  @Test
  void rereadOfAWholeTable() {
    source(
        "type = jdbc, url = \"jdbc:h2:mem:a\", table = t, reread = 7 days",
        "jobs/raw/sales.conf:1: source.reread: the whole table is read each time; leave it out, or write by = …");
  }

  @Test
  void aStatementTimeoutOfLessThanASecond() {
    source(
        "type = jdbc, url = \"jdbc:h2:mem:a\", table = t, statement-timeout = 500ms",
        "jobs/raw/sales.conf:1: source.statement-timeout: databases count whole seconds; write statement-timeout = 1s, or more");
    source(
        "type = jdbc, url = \"jdbc:h2:mem:a\", table = t, statement-timeout = soon",
        "jobs/raw/sales.conf:1: source.statement-timeout: 'soon' is not a length of time; write statement-timeout = 10m");
  }

  @Test
  void rereadWithoutAUnit() {
    source(
        "type = jdbc, url = \"jdbc:h2:mem:a\", table = t, by = u, reread = 7",
        "jobs/raw/sales.conf:1: source.reread: '7' has no unit; write reread = 7 days");
  }

  /** The settings of an API, on line 1. */
  private void rest(String settings, String expected) {
    source(
        "type = rest, url = \"https://shop/orders\", " + settings,
        "jobs/raw/sales.conf:1: source" + expected);
  }

  @Test
  void aUrlThatIsNoneOrSaysTooMuch() {
    String where = "jobs/raw/sales.conf:1: source.url: ";
    source("type = rest", where + "missing; write url = \"https://api.shop.example/v2/orders\"");
    source(
        "type = rest, url = \"ftp://shop/secret\"",
        where + "is no URL of the web; write \"https://api.shop.example/v2/orders\"");
    source(
        "type = rest, url = \"https://a secret\"",
        where + "is no URL; write \"https://api.shop.example/v2/orders\"");
    source(
        "type = rest, url = \"https://me:secret@shop/orders\"",
        where
            + "holds a password; write auth { type = basic, user = …, password = ${SHOP_PASSWORD} }");
    source(
        "type = rest, url = \"https://shop/orders?key=secret\"",
        where + "goes on after the path; write what follows as query { status = all }");
    source(
        "type = rest, url = \"https://shop/{form}\"",
        where + "{form} is not known; write {from}, {to} or {last}, as {from:yyyy-MM-dd}");
  }

  @Test
  void placesOfTheIntervalThatAreNone() {
    rest(
        "query { since = \"{since}\" }",
        ".query: since: {since} is not known; write {from}, {to} or {last}, as {from:yyyy-MM-dd}");
    rest(
        "query { since = \"{from:bbb}\" }",
        ".query: since: {from:bbb} has no pattern of a time; write {from:yyyy-MM-dd}");
    rest(
        "method = post, body = \"{\\\"a\\\": \\\"{to:bbb}\\\"}\"",
        ".body: {to:bbb} has no pattern of a time; write {to:yyyy-MM-dd}");
    rest(
        "reread = 2 days",
        ".reread: all is asked for each time; leave it out, or write {from} into the query");
    raw(
        "every = none\nsource { type = rest, url = \"https://shop/orders\", query { a = \"{from}\" } }",
        "jobs/analysis/dim_product.sql:1: start: missing, and no input has one to take over; write start = 2010-12-01\n"
            + "jobs/raw/sales.conf:2: source: with every = none there is no interval to ask for; leave {from} and {to} out");
  }

  @Test
  void aBodyOrAHeaderThatIsNotSent() {
    rest("body = \"{}\"", ".body: it is only sent with method = post");
    rest("method = put", ".method: 'put' is not known here; write one of get, post");
    rest("headers { Host = other }", ".headers: Host can't be set; leave it out");
    rest("headers { \"a b\" = other }", ".headers: a b can't be set; leave it out");
  }

  @Test
  void anAuthThatSaysTooLittle() {
    rest("auth { token = x }", ".auth.type: missing; write type = bearer");
    rest("auth { type = baerer }", ".auth.type: 'baerer' is not known here; write bearer");
    rest(
        "auth { type = oauth2 }",
        ".auth.type: 'oauth2' is not known here; write client-credentials");
    rest("auth { type = bearer }", ".auth.token: missing; write token = ${SHOP_SECRET}");
    rest(
        "auth { type = api-key, key = x }",
        ".auth: it is not said where the key is sent; write header = X-Api-Key, or parameter = api_key");
    rest(
        "auth { type = api-key, key = x, header = a, parameter = b }",
        ".auth: the key is sent once; keep header or parameter");
    rest(
        "auth { type = client-credentials, id = a, secret = b, token-url = \"shop/token\" }",
        ".auth.token-url: is no URL of the web; write \"https://api.shop.example/v2/orders\"");
  }

  @Test
  void aPagingThatCanNotGoOn() {
    rest("paging { parameter = p }", ".paging.type: missing; write type = page");
    rest("paging { type = pages }", ".paging.type: 'pages' is not known here; write page");
    rest(
        "paging { type = cursor, parameter = c }",
        ".paging.path: missing; write path = \"meta.next_cursor\"");
    rest(
        "paging { type = cursor, path = c }",
        ".paging.parameter: missing; write parameter = cursor");
    rest("paging { type = next }", ".paging.path: missing; write path = \"links.next\"");
    rest(
        "paging { type = next, path = \"links..next\" }",
        ".paging.path: has a name without letters; write path = \"meta.next\"");
    rest(
        "paging { type = page, size-parameter = n }",
        ".paging.size-parameter: it is not said how many; write size = 100");
    rest(
        "paging { type = page, size = 0 }",
        ".paging.size: '0' is not a whole number from 1; write size = 1");
    rest(
        "paging { type = page, in = body }",
        ".paging.in: there is no body to put it in; write method = post, body = \"{}\"");
  }

  @Test
  void limitsThatAreNone() {
    rest("rate = 0", ".rate: with 0 nothing is ever asked; write rate = 5, or leave it out");
    rest("timeout = 30", ".timeout: '30' has no unit; write timeout = 30s");
    rest("reuse = never", ".reuse: 'never' is not a length of time; write reuse = 1h");
    rest("most-pages = 0", ".most-pages: '0' is not a whole number from 1; write most-pages = 1");
  }

  @Test
  void sourcesThatOverlap() {
    raw(
        """
        start = 2010-12-01
        source = [
          { type = files, path = "a.csv", end = 2011-06-30 }
          { type = files, path = "b.csv", start = 2011-06-15 }
        ]
        """,
        "jobs/raw/sales.conf:4: source: it begins with 2011-06-15, when the one before has not ended; give that an end, and this a start after it");
  }

  @Test
  void sourcesWithAGap() {
    raw(
        """
        start = 2010-12-01
        source = [
          { type = files, path = "a.csv", end = 2011-06-30 }
          { type = files, path = "b.csv", start = 2011-07-15 }
        ]
        """,
        "jobs/raw/sales.conf:4: source: from 2011-07-01 until it begins with 2011-07-15 there is no source; move its start, or the end of the one before");
  }

  @Test
  void noWordOfWhatMakesIt() {
    raw(
        "start = 2010-12-01",
        "jobs/raw/sales.conf:1: nothing says what makes raw.sales; write source { … }, java = … or external { … }, or the SQL in jobs/raw/sales.sql");
  }

  @Test
  void twoThingsThatMakeIt() {
    sales(
        "java = com.acme.Sales",
        "jobs/raw/sales.conf:1: one thing makes a table, not source and java; keep one");
  }
}
