package io.ringfence.bench.distribution;

import io.ringfence.bench.stack.Stack;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// The least that a change has to do once it was asked for: a row committed in the stack's
/// PostgreSQL, a record through one topic of its Kafka, another through a second one, and a message
/// on a websocket. Acknowledged by the broker like the product's, over the same TLS; the websocket
/// has none.
final class BarePath implements AutoCloseable {
    private static final List<String> TOPICS = List.of("bench.first", "bench.second");
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
    private final LinkedBlockingQueue<Long> arrivals = new LinkedBlockingQueue<>();
    private final Connection database;
    private final PreparedStatement insert;
    private final Producer<byte[], byte[]> producer;
    private final Hop first;
    private final Hop second;
    private final byte[] payload;

    /// @param payloadBytes of the row, the records and the message
    static BarePath open(Stack stack, int payloadBytes) throws Exception {
        try (Admin admin = Admin.create(kafka(stack))) {
            admin.createTopics(
                            TOPICS.stream().map(name -> new NewTopic(name, 1, (short) 1)).toList())
                    .all()
                    .get();
        }
        return new BarePath(stack, payloadBytes);
    }

    private BarePath(Stack stack, int payloadBytes) throws Exception {
        this.payload = new byte[payloadBytes];
        this.database = database(stack);
        try (Statement statement = database.createStatement()) {
            statement.execute("CREATE SCHEMA bench");
            statement.execute("CREATE TABLE bench.change (id bigserial PRIMARY KEY, body bytea)");
            database.commit();
        }
        this.insert = database.prepareStatement("INSERT INTO bench.change (body) VALUES (?)");
        this.producer = new KafkaProducer<>(producing(stack));
        ServerWebSocket server = websocket();
        this.second =
                new Hop(
                        stack,
                        TOPICS.getLast(),
                        value -> server.writeBinaryMessage(Buffer.buffer(value)));
        this.first =
                new Hop(
                        stack,
                        TOPICS.getFirst(),
                        value -> producer.send(new ProducerRecord<>(TOPICS.getLast(), value)));
    }

    /// @return milliseconds from before the commit to the message's arrival
    double once() throws SQLException, InterruptedException, TimeoutException {
        long began = System.nanoTime();
        insert.setBytes(1, payload);
        insert.executeUpdate();
        database.commit();
        send(payload);
        return (awaitArrival() - began) / 1e6;
    }

    /// Through both topics to the websocket's end.
    Future<RecordMetadata> send(byte[] value) {
        return producer.send(new ProducerRecord<>(TOPICS.getFirst(), value));
    }

    /// @return by [System#nanoTime]
    long awaitArrival() throws InterruptedException, TimeoutException {
        Long arrived = arrivals.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        if (arrived == null) {
            throw new TimeoutException("nothing came through the bare path");
        }
        return arrived;
    }

    private ServerWebSocket websocket() throws InterruptedException, ExecutionException {
        CompletableFuture<ServerWebSocket> accepted = new CompletableFuture<>();
        HttpServer server =
                vertx.createHttpServer(new HttpServerOptions().setTcpNoDelay(true))
                        .webSocketHandler(accepted::complete)
                        .listen(SocketAddress.inetSocketAddress(0, "127.0.0.1"))
                        .toCompletionStage()
                        .toCompletableFuture()
                        .get();
        WebSocketClient client =
                vertx.createWebSocketClient(
                        new WebSocketClientOptions()
                                .setMaxFrameSize(16 << 20)
                                .setMaxMessageSize(16 << 20));
        client.connect(server.actualPort(), "127.0.0.1", "/")
                .toCompletionStage()
                .toCompletableFuture()
                .get()
                .binaryMessageHandler(message -> arrivals.add(System.nanoTime()));
        return accepted.get();
    }

    static Connection database(Stack stack) throws SQLException, IOException {
        Properties passwords = new Properties();
        try (Reader file = Files.newBufferedReader(stack.path("keys/postgres.properties"))) {
            passwords.load(file);
        }
        Connection connection =
                DriverManager.getConnection(
                        "jdbc:postgresql://127.0.0.1:%d/ringfence".formatted(stack.postgresPort()),
                        "postgres",
                        passwords.getProperty("postgres"));
        connection.setAutoCommit(false);
        return connection;
    }

    private static Map<String, Object> kafka(Stack stack) {
        Map<String, Object> config = new HashMap<>();
        config.put("bootstrap.servers", "127.0.0.1:" + stack.kafkaPort());
        config.put("security.protocol", "SSL");
        config.put("ssl.keystore.type", "PEM");
        config.put("ssl.keystore.location", stack.path("pki/launcher.keystore.pem").toString());
        config.put("ssl.truststore.type", "PEM");
        config.put("ssl.truststore.location", stack.path("pki/ca.pem").toString());
        return config;
    }

    private static Map<String, Object> producing(Stack stack) {
        Map<String, Object> config = kafka(stack);
        config.put("key.serializer", ByteArraySerializer.class);
        config.put("value.serializer", ByteArraySerializer.class);
        config.put("acks", "all");
        config.put("linger.ms", 0);
        return config;
    }

    @Override
    public void close() throws Exception {
        first.close();
        second.close();
        producer.close(PATIENCE);
        database.close();
        vertx.close().toCompletionStage().toCompletableFuture().get();
    }

    /// Reads a topic from its end and hands on each value.
    private static final class Hop implements AutoCloseable {
        private final KafkaConsumer<byte[], byte[]> consumer;
        private final Thread thread;

        Hop(Stack stack, String topic, Consumer<byte[]> next) {
            Map<String, Object> config = kafka(stack);
            config.put("key.deserializer", ByteArrayDeserializer.class);
            config.put("value.deserializer", ByteArrayDeserializer.class);
            config.put("auto.offset.reset", "earliest");
            this.consumer = new KafkaConsumer<>(config);
            TopicPartition partition = new TopicPartition(topic, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            this.thread = Thread.ofPlatform().name(topic).daemon().start(() -> handOn(next));
        }

        private void handOn(Consumer<byte[]> next) {
            try (consumer) {
                while (true) {
                    consumer.poll(PATIENCE).forEach(record -> next.accept(record.value()));
                }
            } catch (WakeupException closing) {
                // The end.
            }
        }

        @Override
        public void close() throws InterruptedException {
            consumer.wakeup();
            thread.join(PATIENCE);
        }
    }
}
