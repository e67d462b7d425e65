/* sluice
  description  = "Invoices and revenue by day and country"
  partition-by = invoice_date
*/
SELECT
  country,
  count(DISTINCT invoice_no) AS invoices,
  CAST(sum(amount_gbp) AS DECIMAL(18, 3)) AS revenue_gbp,
  invoice_date
FROM analysis.fact_sale
GROUP BY invoice_date, country
