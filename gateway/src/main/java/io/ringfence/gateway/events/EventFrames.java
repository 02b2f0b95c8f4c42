package io.ringfence.gateway.events;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.protocol.body.BodyFormat;
import io.ringfence.protocol.error.ApiError;
import io.ringfence.protocol.error.Fault;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocketBase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack;

/// Writes frames as the 5.0 client reads them, in the encoding it asked for: JSON as text, with the
/// entity in place; MessagePack as binary, with the entity encoded by itself.
final class EventFrames {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final WebSocketBase socket;
    private final BodyFormat format;
    private final String trace;

    /// @param trace the request's id, for errors
    EventFrames(WebSocketBase socket, BodyFormat format, String trace) {
        this.socket = socket;
        this.format = format;
        this.trace = trace;
    }

    Future<Void> event(ObjectEvent event, Position position) {
        byte[] entity =
                switch (format) {
                    case JSON -> event.json().toByteArray();
                    case MESSAGE_PACK -> format.write(event.entity());
                };
        return write(entity, event.identity(), event.type(), event.at(), position);
    }

    Future<Void> error(Fault fault, Position position) {
        ApiError error =
                new ApiError(
                        fault.code(),
                        fault.title(),
                        fault.description(),
                        "gateway",
                        trace,
                        fault.attribute()
                                .<Map<String, String>>map(name -> Map.of("attribute", name))
                                .orElse(Map.of()));
        return write(
                format.write(error),
                EventType.ERROR.word(),
                EventType.ERROR,
                Instant.now(),
                position);
    }

    Future<Void> position(Position position) {
        return write(
                format.write(Map.of()),
                EventType.POSITION.word(),
                EventType.POSITION,
                Instant.now(),
                position);
    }

    private Future<Void> write(
            byte[] entity, String identity, EventType type, Instant at, Position position) {
        return switch (format) {
            case JSON -> socket.writeTextMessage(json(entity, identity, type, at, position));
            case MESSAGE_PACK ->
                    socket.writeBinaryMessage(messagePack(entity, identity, type, at, position));
        };
    }

    private String json(
            byte[] entity, String identity, EventType type, Instant at, Position position) {
        ObjectNode rest =
                JSON.createObjectNode()
                        .put("identity", identity)
                        .put("type", type.word())
                        .put("timestamp", at.toString())
                        .put("encoding", format.mediaType())
                        .put("position", position.text());
        return "{\"entity\":"
                + new String(entity, StandardCharsets.UTF_8)
                + ","
                + rest.toString().substring(1);
    }

    /// The timestamp is MessagePack's own, as the Go client wants it.
    private Buffer messagePack(
            byte[] entity, String identity, EventType type, Instant at, Position position) {
        try (MessageBufferPacker packer = MessagePack.newDefaultBufferPacker()) {
            packer.packMapHeader(6);
            packer.packString("entity").packBinaryHeader(entity.length).writePayload(entity);
            packer.packString("identity").packString(identity);
            packer.packString("type").packString(type.word());
            packer.packString("timestamp").packTimestamp(at);
            packer.packString("encoding").packString(format.mediaType());
            packer.packString("position").packString(position.text());
            return Buffer.buffer(packer.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
