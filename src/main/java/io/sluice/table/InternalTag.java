package io.sluice.table;

import io.sluice.deltalog.ContentHash;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.delta.actions.AddFile;
import scala.Option;

/** What a file's rows come to, kept with the file: who writes its rows anew leaves it out. */
final class InternalTag {
  private static final String NAME = "sluice.rows";
  private static final String FORMULA = InternalRowHash.FORMULA + ":";

  private InternalTag() {}

  static AddFile put(AddFile file, ContentHash hash) {
    return file.copy(
        file.path(),
        file.partitionValues(),
        file.size(),
        file.modificationTime(),
        file.dataChange(),
        file.stats(),
        ScalaCollections.map(Map.of(NAME, FORMULA + hash.text())),
        file.deletionVector(),
        file.baseRowId(),
        file.defaultRowCommitVersion(),
        file.clusteringProvider());
  }

  /** Empty where nobody knows; rows that a deletion vector takes away are not told. */
  static Optional<ContentHash> of(AddFile file) {
    Option<String> tag = file.tagsOrEmpty().get(NAME);
    return tag.isDefined() && tag.get().startsWith(FORMULA) && file.deletionVector() == null
        ? Optional.of(ContentHash.parse(tag.get().substring(FORMULA.length())))
        : Optional.empty();
  }
}
