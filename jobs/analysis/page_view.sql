/* sluice
  description  = "One row for each page that was shown, with the visit that it belongs to; robots are marked"
  partition-by = log_date
  expect       { known_visitor = "visitor_key IS NOT NULL" }
*/
WITH page AS (
  SELECT
    -- A visitor is an address with a browser; a line has nothing that tells more.
    xxhash64(client, coalesce(agent, '')) AS visitor_key,
    agent IS NULL OR agent RLIKE '(?i)bot|crawl|spider|slurp|feed|fetch|monitor|curl|wget|python|java/'
      AS is_robot,
    time AS viewed_at,
    path,
    query,
    referer,
    bytes,
    log_date
  FROM raw.access_log
  WHERE method = 'GET'
    AND status BETWEEN 200 AND 399
    AND NOT path RLIKE '(?i)\\.(css|js|png|jpe?g|gif|ico|svg|woff2?|ttf|map)$'
),
-- A visit ends with half an hour without a page, and with the day.
step AS (
  SELECT
    *,
    CASE
      WHEN viewed_at - lag(viewed_at) OVER visitor <= INTERVAL 30 MINUTES THEN 0
      ELSE 1
    END AS is_first
  FROM page
  WINDOW visitor AS (
    PARTITION BY log_date, visitor_key ORDER BY viewed_at, path, query, bytes, referer
  )
)
SELECT
  visitor_key,
  sum(is_first) OVER (
    PARTITION BY log_date, visitor_key
    ORDER BY viewed_at, path, query, bytes, referer
    ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
  ) AS visit_of_day,
  is_robot,
  viewed_at,
  path,
  query,
  referer,
  bytes,
  log_date
FROM step
