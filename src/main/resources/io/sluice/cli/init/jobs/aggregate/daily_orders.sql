/* sluice
  description  = "Orders and revenue of a day"
  partition-by = order_date
*/
SELECT order_date, count(DISTINCT order_id) AS orders, sum(amount) AS revenue
FROM analysis.order_line
GROUP BY order_date
