package io.sluice.testing;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.bson.BsonDocument;

/**
 * A server that speaks MongoDB's protocol: mongo-java-server, not mongod. It remembers what it was
 * asked, and lets no one in who says who he is.
 */
public final class MongoWire implements AutoCloseable {
  private final List<Document> asked = Collections.synchronizedList(new ArrayList<>());
  private final MongoServer server = new MongoServer(new Backend());
  private final String uri = server.bindAndGetConnectionString();
  private final MongoClient client = MongoClients.create(uri);
  private volatile Consumer<Document> before = command -> {};

  private final class Backend extends MemoryBackend {
    @Override
    public Document handleMessage(MongoMessage message) {
      Document command = message.getDocument();
      asked.add(command);
      before.accept(command);
      if (command.containsKey("saslStart")) {
        throw new MongoServerError(18, "AuthenticationFailed", "Authentication failed.");
      }
      return super.handleMessage(message);
    }
  }

  /** {@code mongodb://localhost:12345}. */
  public String uri() {
    return uri;
  }

  public int port() {
    return server.getLocalAddress().getPort();
  }

  public MongoCollection<BsonDocument> collection(String database, String name) {
    return client.getDatabase(database).getCollection(name, BsonDocument.class);
  }

  /** Adds documents, in extended JSON. */
  public void insert(String database, String collection, String... documents) {
    for (String document : documents) {
      collection(database, collection).insertOne(BsonDocument.parse(document));
    }
  }

  /** What is done before each command is answered. */
  public void before(Consumer<Document> deed) {
    before = deed;
  }

  /** The pipelines that it was asked to aggregate by, as text; and forgets them. */
  public List<String> pipelines() {
    synchronized (asked) {
      List<String> pipelines =
          asked.stream()
              .filter(command -> command.containsKey("aggregate"))
              .map(command -> String.valueOf(command.get("pipeline")))
              .toList();
      asked.clear();
      return pipelines;
    }
  }

  public void die() {
    server.shutdownNow();
  }

  @Override
  public void close() {
    client.close();
    server.shutdownNow();
  }
}
