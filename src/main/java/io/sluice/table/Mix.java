package io.sluice.table;

import org.apache.spark.unsafe.Platform;
import org.jspecify.annotations.Nullable;

/**
 * A hash of 64 bits with a seed, from two multiplications as wyhash has them: a write hashes each
 * of its values, so that it must cost next to nothing.
 */
final class Mix {
  private static final long A = 0x2D358DCCAA6C78A5L;
  private static final long B = 0x8BB84B93962EACC9L;

  private Mix() {}

  static long of(long value, long seed) {
    long left = value ^ A;
    long right = seed ^ B;
    return fold((left * right) ^ A, Math.multiplyHigh(left, right) ^ B);
  }

  /** Of so many bytes of an array, or of memory where that is NULL; the lowest first. */
  static long ofBytes(@Nullable Object base, long offset, int length, long seed) {
    long hash = of(length, seed);
    long at = offset;
    long end = offset + length;
    for (; at + 8 <= end; at += 8) {
      hash = fold(Platform.getLong(base, at) ^ A, hash ^ B);
    }
    if (at < end) {
      long rest = 0;
      for (int shift = 0; at < end; at++, shift += 8) {
        rest |= (Platform.getByte(base, at) & 0xFFL) << shift;
      }
      hash = fold(rest ^ A, hash ^ B);
    }
    return of(hash, seed);
  }

  static long ofBytes(byte[] bytes, long seed) {
    return ofBytes(bytes, Platform.BYTE_ARRAY_OFFSET, bytes.length, seed);
  }

  private static long fold(long left, long right) {
    return (left * right) ^ Math.multiplyHigh(left, right);
  }
}
