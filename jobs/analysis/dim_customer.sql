/* sluice
  description = "The customers, as last heard of; the member -1 stands for the unknown"
  interval-by = _day
  write       { mode = merge, key = [customer_key], sequence-by = updated_at }
  batch       = 400     # safe: the unknown member comes with the first day alone
*/
SELECT
  xxhash64(id) AS customer_key,
  id AS customer_id,
  country,
  first_purchase,
  last_purchase,
  updated_at,
  updated_date AS _day
FROM raw.customer
UNION ALL
SELECT CAST(-1 AS BIGINT), NULL, 'Unspecified', NULL, NULL, TIMESTAMP '2010-12-01 00:00:00', starts
FROM intervals
WHERE starts = DATE '2010-12-01'
