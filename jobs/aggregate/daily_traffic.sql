/* sluice
  description  = "Pages, visitors and visits of a day, people and robots apart"
  partition-by = log_date
  require      { one_row_each = { unique = [is_robot] } }
*/
SELECT
  log_date,
  is_robot,
  count(*) AS pages,
  count(DISTINCT visitor_key) AS visitors,
  count(DISTINCT visitor_key, visit_of_day) AS visits,
  sum(bytes) AS bytes
FROM analysis.page_view
GROUP BY log_date, is_robot
