package io.sluice.sql;

import java.util.List;

/**
 * SQL of which many intervals may be made at once. Of each table {@code d} is the interval column:
 * a and b are cut, back reaches 90 days further, c knows no time, p are versions.
 */
final class BatchableSql {
  private BatchableSql() {}

  static List<String> all() {
    return List.of(
        // Rows pass one by one.
        "SELECT * FROM raw.a",
        "SELECT a.* FROM raw.a a",
        "SELECT d, x + 1 AS x FROM raw.a WHERE x > 2 AND y = 'p'",
        "SELECT D AS d FROM raw.A",
        "SELECT d, explode(xs) AS x FROM raw.a",
        "SELECT d, v FROM raw.a LATERAL VIEW explode(xs) t AS v",
        "SELECT d, transform(xs, v -> v + 1) AS ys FROM raw.a",
        "SELECT * FROM raw.a ORDER BY x",
        "SELECT /*+ REPARTITION(4) */ d, x FROM raw.a",
        "SELECT d, current_timestamp() AS made_at FROM raw.a",
        "SELECT t.day AS d FROM (SELECT d AS day, x FROM raw.a) t",
        "SELECT d FROM (SELECT * FROM (SELECT * FROM raw.a) u) t",
        "SELECT d FROM (SELECT d, x FROM raw.a) AS t(d, y)",
        "SELECT e AS d FROM (SELECT x, d FROM raw.a) AS t(y, e)",
        "WITH t AS (SELECT d, x FROM raw.a) SELECT * FROM t",
        "WITH t AS (SELECT d, x FROM raw.a), u AS (SELECT * FROM t WHERE x > 1) SELECT d FROM u",
        "WITH t AS (WITH u AS (SELECT d FROM raw.a) SELECT * FROM u) SELECT * FROM t",
        "WITH t(d) AS (SELECT d FROM raw.a) SELECT d FROM t",
        // GROUP BY
        "SELECT d, k, sum(x) AS s FROM raw.a GROUP BY d, k",
        "SELECT d, sum(x) AS s FROM raw.a GROUP BY 1",
        "SELECT k, d, sum(x) AS s FROM raw.a GROUP BY 1, 2",
        "SELECT d, k, count(*) AS n FROM raw.a GROUP BY ALL",
        "SELECT d AS d, count(DISTINCT k) AS n FROM raw.a GROUP BY d HAVING count(*) > 1",
        "SELECT day AS d, n FROM (SELECT d AS day, count(*) AS n FROM raw.a GROUP BY day)",
        "SELECT d, k, sum(x) AS s FROM raw.a GROUP BY d, ROLLUP(k, l)",
        "SELECT d, k, sum(x) AS s FROM raw.a GROUP BY GROUPING SETS ((d, k), (d))",
        "SELECT d, sort_array(collect_list(x)) AS xs FROM raw.a GROUP BY d",
        "SELECT d, n FROM (SELECT d, k, count(*) AS n FROM raw.a GROUP BY d, k) WHERE n > 1",
        "SELECT d, count(*) FILTER (WHERE x > 1) AS n FROM raw.a GROUP BY d",
        // DISTINCT and windows
        "SELECT DISTINCT d, x FROM raw.a",
        "SELECT DISTINCT * FROM raw.a",
        "SELECT d, row_number() OVER (PARTITION BY d, k ORDER BY x) AS n FROM raw.a",
        "SELECT d, sum(x) OVER w AS s FROM raw.a WINDOW w AS (PARTITION BY k, d)",
        "SELECT d, first(x) OVER (PARTITION BY d ORDER BY t) AS f FROM raw.a",
        "SELECT d, k, sum(sum(x)) OVER (PARTITION BY d) AS s FROM raw.a GROUP BY d, k",
        "SELECT d, rank() OVER (PARTITION BY d ORDER BY count(*)) AS r FROM raw.a GROUP BY d, k",
        // Joins
        "SELECT a.d FROM raw.a a JOIN raw.b b ON a.k = b.k AND a.d = b.d",
        "SELECT b.d FROM raw.a a JOIN raw.b b ON b.d = a.d",
        "SELECT d, a.x FROM raw.a a JOIN raw.b USING (d, k)",
        "SELECT d, a.x FROM raw.a a LEFT JOIN raw.b b USING (d)",
        "SELECT d FROM raw.a FULL JOIN raw.b USING (d)",
        "SELECT a.d FROM raw.a a LEFT JOIN raw.b b ON a.d = b.d AND b.x > 1",
        "SELECT b.d FROM raw.a a RIGHT JOIN raw.b b ON a.d = b.d",
        "SELECT a.d FROM raw.a a, raw.b b WHERE a.d = b.d AND a.k = b.k",
        "SELECT a.d FROM raw.a a, raw.b b, raw.a o WHERE a.d = b.d AND b.d = o.d",
        "SELECT a.d FROM raw.a a JOIN raw.b b ON a.d = b.d JOIN raw.a o ON o.d = b.d",
        "SELECT a.d FROM raw.a a LEFT JOIN raw.b b ON a.d = b.d LEFT JOIN raw.a o ON o.d = b.d",
        "SELECT a.d FROM raw.a a JOIN raw.c c ON a.d = c.day JOIN raw.b b ON c.day = b.d",
        "SELECT a.d FROM raw.a a JOIN raw.b b JOIN raw.c c ON a.d = c.day AND b.d = c.day",
        "SELECT c.day AS d FROM raw.a a JOIN raw.c c ON a.d = c.day",
        "SELECT a.d, c.x FROM raw.a a LEFT JOIN raw.c c ON a.k = c.k",
        "SELECT a.d, c.x FROM raw.a a CROSS JOIN raw.c c",
        "SELECT a.d FROM raw.c c RIGHT JOIN raw.a a ON a.k = c.k",
        "SELECT a.d FROM raw.a a LEFT SEMI JOIN raw.b b ON a.k = b.k AND a.d = b.d",
        "SELECT a.d FROM raw.a a LEFT ANTI JOIN raw.b b ON a.k = b.k AND a.d = b.d",
        "SELECT a.d FROM raw.a a LEFT ANTI JOIN raw.c c ON a.k = c.k",
        "SELECT a.d, m FROM raw.a a JOIN (SELECT d, max(x) AS m FROM raw.b GROUP BY d) b ON a.d = b.d",
        "SELECT a.d, c.n FROM raw.a a JOIN (SELECT k, count(*) AS n FROM raw.c GROUP BY k) c USING (k)",
        "SELECT a.d, v.x FROM raw.a a JOIN VALUES (1, 'p') AS v(k, x) ON a.k = v.k",
        "SELECT a.d, r.id FROM raw.a a CROSS JOIN range(3) r",
        // UNION and others
        "SELECT d, x FROM raw.a UNION ALL SELECT d, y FROM raw.b",
        "SELECT d, x FROM raw.a UNION SELECT d, y FROM raw.b",
        "SELECT d, x FROM raw.a INTERSECT SELECT d, x FROM raw.b",
        "SELECT d, x FROM raw.a EXCEPT SELECT d, x FROM raw.b",
        "SELECT d, x FROM raw.a EXCEPT SELECT day, x FROM raw.c",
        // Sub-queries
        "SELECT d FROM raw.a WHERE k IN (SELECT k FROM raw.c)",
        "SELECT d, (SELECT max(x) FROM raw.c) AS m FROM raw.a",
        "SELECT d FROM raw.a WHERE (d, k) IN (SELECT d, k FROM raw.b)",
        "SELECT d FROM raw.a WHERE d NOT IN (SELECT d FROM raw.b)",
        "SELECT d FROM raw.a a WHERE EXISTS (SELECT 1 FROM raw.b b WHERE b.d = a.d AND b.k = a.k)",
        "SELECT d FROM raw.a a WHERE NOT EXISTS (SELECT 1 FROM raw.b b WHERE b.d = a.d)",
        "SELECT d, (SELECT max(b.x) FROM raw.b b WHERE b.d = a.d) AS m FROM raw.a a",
        "SELECT d, (SELECT max(b.x) FROM raw.b b, raw.a o WHERE b.d = a.d AND o.d = b.d) AS m FROM raw.a a",
        "SELECT a.d, m FROM raw.a a, LATERAL (SELECT max(x) AS m FROM raw.b b WHERE b.d = a.d)",
        // For each interval out of many
        "SELECT i.starts AS d, count(*) AS n FROM intervals i JOIN raw.a a ON a.d = i.starts GROUP BY i.starts",
        "SELECT starts AS d FROM intervals",
        "SELECT i.starts AS d, count(a.k) AS n FROM intervals i LEFT JOIN raw.a a ON a.d = i.starts GROUP BY 1",
        "SELECT i.starts AS d, k, sum(x) AS s FROM intervals i CROSS JOIN raw.c GROUP BY i.starts, k",
        "SELECT i.starts AS d, k, sum(x) AS s FROM intervals i JOIN raw.back f"
            + " ON f.d >= date_sub(i.starts, 89) AND f.d < i.ends GROUP BY i.starts, k",
        "SELECT i.starts AS d, k, sum(x) AS s FROM raw.back f JOIN intervals i"
            + " ON f.d BETWEEN i.starts - 90 AND i.starts GROUP BY i.starts, k",
        "SELECT i.starts AS d, k, sum(x) AS s FROM raw.back f, intervals i"
            + " WHERE f.d > date_sub(i.starts, 90) AND i.ends > f.d GROUP BY 1, 2",
        "SELECT a.d, f.x FROM raw.a a LEFT JOIN raw.back f ON f.k = a.k AND f.d <= a.d AND f.d >= a.d - 7",
        // Versions as of a day
        "SELECT a.d, p.price FROM raw.a a LEFT JOIN raw.p p ON p.k = a.k AND a.d >= p.valid_from AND a.d < p.valid_to",
        "SELECT a.d, p.price, p.valid_from FROM raw.a a JOIN raw.p p ON p.k = a.k WHERE p.valid_from <= a.d AND p.valid_to > a.d",
        "SELECT a.d, p.price FROM raw.a a, raw.p p WHERE p.k = a.k AND a.d BETWEEN p.valid_from AND p.valid_to",
        "SELECT a.d, (SELECT max(p.price) FROM raw.p p WHERE p.k = a.k AND p.valid_from <= a.d AND p.valid_to > a.d) AS price FROM raw.a a",
        "SELECT i.starts AS d, count(*) AS n FROM intervals i JOIN raw.p p ON p.valid_from < i.ends AND p.valid_to >= i.ends GROUP BY i.starts");
  }
}
