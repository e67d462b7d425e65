/* sluice
  description  = "One row for each distinct invoice line, in pounds and euro; cancellations are negative"
  partition-by = invoice_date
  inputs  { raw.fx_rate { lookback = 7 days } }
  expect  {
    known_product = "stock_code IS NOT NULL"
    known_price   = "unit_price IS NOT NULL"
    known_rate    = { sql = "eur_gbp IS NOT NULL", action = fail }
  }
  require { one_line_once = { unique = [line_key] } }
  batch   = 400     # safe: a day's rate is looked for in that day's own seven days
*/
WITH rate AS (
  SELECT rate_date, CAST(rate AS DECIMAL(9, 5)) AS eur_gbp
  FROM raw.fx_rate
  WHERE currency = 'GBP'
),
-- No rates on week-ends and holidays: the last one before holds.
rate_of_day AS (
  SELECT day.starts AS invoice_date, max_by(rate.eur_gbp, rate.rate_date) AS eur_gbp
  FROM intervals AS day
  JOIN rate ON rate.rate_date BETWEEN date_sub(day.starts, 7) AND day.starts
  GROUP BY day.starts
),
line AS (
  SELECT DISTINCT
    InvoiceNo, StockCode, Description, Quantity, InvoiceDate, UnitPrice,
    CAST(CAST(CustomerID AS DOUBLE) AS INT) AS customer_id, Country, invoice_date
  FROM raw.sales
)
SELECT
  xxhash64(
    line.InvoiceNo, line.StockCode, coalesce(line.Description, ''), line.Quantity,
    line.InvoiceDate, line.UnitPrice, coalesce(line.customer_id, -1), line.Country
  ) AS line_key,
  -- Keys of the thing, not of a version of it: a late file never leaves them dangling.
  xxhash64(line.StockCode) AS product_key,
  CASE WHEN line.customer_id IS NULL THEN -1 ELSE xxhash64(line.customer_id) END AS customer_key,
  line.InvoiceNo AS invoice_no,
  line.InvoiceNo LIKE 'C%' AS is_cancellation,
  line.InvoiceDate AS invoiced_at,
  line.StockCode AS stock_code,
  line.customer_id,
  line.Country AS country,
  line.Quantity AS quantity,
  line.UnitPrice AS unit_price,
  rate_of_day.eur_gbp,
  CAST(line.Quantity * line.UnitPrice AS DECIMAL(18, 3)) AS amount_gbp,
  CAST(CAST(line.Quantity * line.UnitPrice AS DECIMAL(18, 3)) / rate_of_day.eur_gbp
    AS DECIMAL(18, 6)) AS amount_eur,
  line.invoice_date
FROM line
LEFT JOIN rate_of_day ON rate_of_day.invoice_date = line.invoice_date
