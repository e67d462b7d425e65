/* sluice
  description  = "How recently, how often and for how much a customer bought in the 90 days before each day"
  partition-by = feature_date
  inputs       { analysis.fact_sale { lookback = 90 days } }
  require      { one_row_each = { unique = [customer_key] } }
  batch        = 400     # safe: each day sees its own 90 days
*/
WITH bought AS (   -- an invoice is of one day, so that those of days add up
  SELECT
    customer_key,
    customer_id,
    invoice_date,
    count(DISTINCT CASE WHEN NOT is_cancellation THEN invoice_no END) AS invoices,
    sum(amount_gbp) AS amount_gbp
  FROM analysis.fact_sale
  WHERE customer_id IS NOT NULL
  GROUP BY customer_key, customer_id, invoice_date
)
SELECT
  bought.customer_key,
  bought.customer_id,
  datediff(day.starts, max(CASE WHEN bought.invoices > 0 THEN bought.invoice_date END)) AS recency_days,
  CAST(sum(bought.invoices) AS INT) AS frequency,
  CAST(sum(bought.amount_gbp) AS DECIMAL(18, 3)) AS monetary_gbp,
  day.starts AS feature_date
FROM intervals AS day
JOIN bought
  ON bought.invoice_date >= date_sub(day.starts, 90) AND bought.invoice_date < day.starts
GROUP BY bought.customer_key, bought.customer_id, day.starts
HAVING sum(bought.invoices) > 0
