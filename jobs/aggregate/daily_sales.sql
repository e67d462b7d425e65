/* sluice
  description  = "Invoices and revenue of a day and country"
  partition-by = invoice_date
  require      { one_row_each = { unique = [country] } }
*/
SELECT
  invoice_date,
  country,
  count(DISTINCT invoice_no) AS invoices,
  CAST(sum(amount_gbp) AS DECIMAL(18, 3)) AS revenue_gbp,
  CAST(CAST(sum(amount_gbp) AS DECIMAL(18, 3)) / max(eur_gbp) AS DECIMAL(18, 6)) AS revenue_eur
FROM analysis.fact_sale
GROUP BY invoice_date, country
