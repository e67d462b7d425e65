/* sluice
  description  = "Distinct order lines with their amount"
  partition-by = order_date
  expect       { sold_something = "quantity > 0" }         # other rows go to quarantine
  require      { one_line_once = { unique = [order_id, product] } }
*/
-- No date filter: the input arrives cut to the days that are made.
SELECT DISTINCT
  order_id,
  product,
  quantity,
  unit_price,
  quantity * unit_price AS amount,
  order_date
FROM raw.orders
