/* sluice
  description = "What a product was called and what it cost, from when to when"
  interval-by = _day
  write       { mode = scd2, key = [stock_code], track = [description, unit_price] }
*/
-- Of a day, the last line counts: by time, then invoice, price and description (NULL lowest).
SELECT
  StockCode AS stock_code,
  xxhash64(StockCode) AS product_key,
  last.Description AS description,
  last.UnitPrice AS unit_price,
  _day
FROM (
  SELECT
    StockCode,
    max(struct(InvoiceDate, InvoiceNo, UnitPrice, Description)) AS last,
    invoice_date AS _day
  FROM raw.sales
  WHERE StockCode IS NOT NULL
  GROUP BY StockCode, invoice_date
)
