package io.sluice.bench.ingest;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;

/** A Parquet file, written without Spark. */
final class Landing implements AutoCloseable {
  private final SimpleGroupFactory rows;
  private final ParquetWriter<Group> writer;

  Landing(Path file, String schema) throws IOException {
    MessageType type = MessageTypeParser.parseMessageType(schema);
    rows = new SimpleGroupFactory(type);
    writer =
        ExampleParquetWriter.builder(new org.apache.hadoop.fs.Path(file.toUri()))
            .withType(type)
            .withCompressionCodec(CompressionCodecName.ZSTD)
            .withWriteMode(ParquetFileWriter.Mode.OVERWRITE)
            .build();
  }

  Group row() {
    return rows.newGroup();
  }

  void write(Group row) throws IOException {
    writer.write(row);
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }
}
