package io.sluice.lake.kept;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/**
 * The file of answers. It is there to save time and for nothing else: one that can't be read, is
 * damaged or was written by another parser holds nothing, and one that can't be written is not.
 *
 * @param folder made where it is not there
 * @param answerer whose answers count
 */
record AnswerFile(Path folder, String name, String answerer) {

  private static final int MAGIC = 0x736c7131;

  Map<Question, byte[]> read() {
    try {
      byte[] all = Files.readAllBytes(folder.resolve(name));
      int end = all.length - Long.BYTES;
      return end > 0 && ByteBuffer.wrap(all).getLong(end) == sum(all, end)
          ? entries(new DataInputStream(new ByteArrayInputStream(all, 0, end)))
          : new TreeMap<>();
    } catch (IOException | RuntimeException holdsNothing) {
      return new TreeMap<>();
    }
  }

  private Map<Question, byte[]> entries(DataInputStream in) throws IOException {
    Map<Question, byte[]> entries = new TreeMap<>();
    if (in.readInt() == MAGIC && readText(in).equals(answerer)) {
      for (int left = in.readInt(); left > 0; left--) {
        Question question = new Question(bytes(in, Question.BYTES));
        entries.put(question, bytes(in, in.readInt()));
      }
    }
    return entries;
  }

  /** Others may read and write at the same time: the file is always one whole of somebody's. */
  void write(Map<Question, byte[]> answers) {
    try {
      Files.createDirectories(folder);
      Path draft = Files.createTempFile(folder, name, ".tmp");
      try {
        Files.write(draft, content(answers));
        Files.move(
            draft,
            folder.resolve(name),
            StandardCopyOption.ATOMIC_MOVE,
            StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(draft);
      }
    } catch (IOException | RuntimeException nothingIsKept) {
      // The next process asks the parser again.
    }
  }

  private byte[] content(Map<Question, byte[]> answers) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(MAGIC);
    writeText(out, answerer);
    out.writeInt(answers.size());
    for (Map.Entry<Question, byte[]> answer : answers.entrySet()) {
      out.write(answer.getKey().bytes());
      out.writeInt(answer.getValue().length);
      out.write(answer.getValue());
    }
    out.writeLong(sum(bytes.toByteArray(), bytes.size()));
    return bytes.toByteArray();
  }

  private static long sum(byte[] bytes, int end) {
    CRC32C sum = new CRC32C();
    sum.update(bytes, 0, end);
    return sum.getValue();
  }

  static void writeText(DataOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  static String readText(DataInputStream in) throws IOException {
    return new String(bytes(in, in.readInt()), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(DataInputStream in, int length) throws IOException {
    byte[] bytes = in.readNBytes(Math.max(0, length));
    if (bytes.length != length) {
      throw new IOException("It ends too soon");
    }
    return bytes;
  }
}
