/* sluice
  interval-by = invoice_date
  write { mode = scd2, key = [stock_code], sequence-by = seq }
*/
SELECT stock_code, price, seq, invoice_date FROM raw.sales
