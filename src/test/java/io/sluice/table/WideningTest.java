package io.sluice.table;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.apache.spark.sql.types.DataType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WideningTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          BIGINT        | INT          | true
          INT           | BIGINT       | false
          INT           | INT          | true
          SMALLINT      | TINYINT      | true
          DOUBLE        | FLOAT        | true
          FLOAT         | DOUBLE       | false
          DOUBLE        | INT          | true
          DOUBLE        | BIGINT       | false
          FLOAT         | SMALLINT     | true
          FLOAT         | INT          | false
          DECIMAL(10,0) | INT          | true
          DECIMAL(10,2) | INT          | false
          DECIMAL(12,2) | DECIMAL(9,2) | true
          DECIMAL(9,4)  | DECIMAL(9,2) | false
          DECIMAL(11,4) | DECIMAL(9,2) | true
          DECIMAL(9,1)  | DECIMAL(9,2) | false
          TIMESTAMP_NTZ | DATE         | true
          TIMESTAMP     | DATE         | false
          STRING        | INT          | false
          DOUBLE        | DECIMAL(9,2) | false
          """)
  void aTypeHoldsAnotherWhereNoValueIsLost(String wide, String narrow, boolean holds)
      throws Exception {
    assertEquals(holds, Widening.holds(DataType.fromDDL(wide), DataType.fromDDL(narrow)));
  }
}
