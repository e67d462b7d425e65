/* sluice
  description = "The days of the shop's years"
  every       = none
  write       { mode = overwrite }
*/
SELECT
  CAST(date_format(day, 'yyyyMMdd') AS INT) AS date_key,
  day AS date,
  year(day) AS year,
  quarter(day) AS quarter,
  month(day) AS month,
  weekofyear(day) AS iso_week,
  weekday(day) + 1 AS iso_weekday,
  weekday(day) >= 5 AS is_weekend
FROM (SELECT explode(sequence(DATE '2010-01-01', DATE '2011-12-31', INTERVAL 1 DAY)) AS day)
