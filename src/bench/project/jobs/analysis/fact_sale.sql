/* sluice
  description  = "One row per distinct invoice line"
  partition-by = invoice_date
  expect  { known_product = "stock_code IS NOT NULL", known_price = "unit_price IS NOT NULL" }
*/
SELECT DISTINCT
  InvoiceNo AS invoice_no,
  StockCode AS stock_code,
  Description AS description,
  Quantity AS quantity,
  InvoiceDate AS invoiced_at,
  UnitPrice AS unit_price,
  CAST(Quantity * UnitPrice AS DECIMAL(18, 3)) AS amount_gbp,
  xxhash64(StockCode) AS product_key,
  CustomerID AS customer_id,
  Country AS country,
  invoice_date
FROM raw.sales
