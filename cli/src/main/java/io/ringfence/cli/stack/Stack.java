package io.ringfence.cli.stack;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What `stack.json` says: which processes there are, where they listen, and how to get in. Written
/// by the supervisor only, always whole.
///
/// @param phase how far the stack is
/// @param progress one line for people: what is being waited for, or why it failed
/// @param demo the demo network, when there is one
@JsonIgnoreProperties(ignoreUnknown = true)
public record Stack(
        Phase phase,
        String progress,
        String dataDir,
        int portBase,
        String apiUrl,
        String consoleUrl,
        String tlsUrl,
        String adminCredential,
        long supervisorPid,
        long supervisorStarted,
        List<ProcessEntry> processes,
        @Nullable DemoEntry demo) {

    private static final ObjectMapper JSON =
            new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    /// The life of a stack.
    public enum Phase {
        STARTING,
        READY,
        STOPPING,
        STOPPED,
        FAILED
    }

    /// One process of the stack.
    ///
    /// @param started its start in clock ticks since boot, which tells it from a later process with
    ///   the same number
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record ProcessEntry(String name, long pid, long started, String url, String status) {}

    /// The demo's network.
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record DemoEntry(
            String namespace, String bridge, String bridgeAddress, List<HostEntry> hosts) {}

    /// One host of the demo. Services are written `tcp/8080`.
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record HostEntry(
            String name,
            String networkNamespace,
            String address,
            List<String> tags,
            List<String> services) {}

    public static Optional<Stack> read(DataFolder folder) {
        try {
            return Optional.of(JSON.readValue(Files.readAllBytes(folder.stackFile()), Stack.class));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    public void write(DataFolder folder) throws IOException {
        Path aside = folder.stackFile().resolveSibling("stack.json.new");
        Files.write(aside, JSON.writeValueAsBytes(this));
        Files.move(
                aside,
                folder.stackFile(),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    public boolean supervised() {
        return Processes.runs(supervisorPid, supervisorStarted);
    }
}
