package io.ringfence.bench.distribution;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/// Which enforcers got a policy, and when. One change is under way at a time: what arrives at an
/// enforcer that it does not concern is counted as a message to another.
final class Arrivals {
    private final Set<String> concerned = new HashSet<>();
    private final Map<String, Long> firstNanos = new HashMap<>();
    private CompletableFuture<Map<String, Long>> all = new CompletableFuture<>();
    private long toOthers;
    private long repeated;
    private long bytes;
    private long messages;
    private final Set<String> awaitingDirectory = new HashSet<>();
    private CompletableFuture<Long> allDirectories = new CompletableFuture<>();
    private long directories;
    private long directoryBytes;

    /// Forgets the change before.
    ///
    /// @return completes with the time of each first arrival once there is one at everybody
    synchronized CompletableFuture<Map<String, Long>> expect(Collection<String> enforcerIds) {
        concerned.clear();
        concerned.addAll(enforcerIds);
        firstNanos.clear();
        all = new CompletableFuture<>();
        return all;
    }

    /// From any thread.
    synchronized void arrived(String enforcerId, long nanos, int frameBytes) {
        messages++;
        bytes += frameBytes;
        if (!concerned.contains(enforcerId)) {
            toOthers++;
        } else if (firstNanos.putIfAbsent(enforcerId, nanos) != null) {
            repeated++;
        } else if (firstNanos.size() == concerned.size()) {
            all.complete(Map.copyOf(firstNanos));
        }
    }

    /// A tenant's directory, or a change of it. From any thread.
    synchronized void arrivedDirectory(String enforcerId, long nanos, int frameBytes) {
        directories++;
        directoryBytes += frameBytes;
        if (awaitingDirectory.remove(enforcerId) && awaitingDirectory.isEmpty()) {
            allDirectories.complete(nanos);
        }
    }

    /// @return completes with the time of the last first arrival of a directory
    synchronized CompletableFuture<Long> expectDirectories(Collection<String> enforcerIds) {
        awaitingDirectory.clear();
        awaitingDirectory.addAll(enforcerIds);
        allDirectories = new CompletableFuture<>();
        return allDirectories;
    }

    /// Whom the change still has not reached.
    synchronized int missing() {
        return concerned.size() - firstNanos.size();
    }

    /// What was counted since the last time.
    synchronized Counts take() {
        Counts counts =
                new Counts(messages, bytes, toOthers, repeated, directories, directoryBytes);
        messages = 0;
        bytes = 0;
        toOthers = 0;
        repeated = 0;
        directories = 0;
        directoryBytes = 0;
        return counts;
    }

    /// @param repeated a second and further message to an enforcer for one change
    record Counts(
            long messages,
            long bytes,
            long toOthers,
            long repeated,
            long directories,
            long directoryBytes) {
        long bytesPerDirectory() {
            return directories == 0 ? 0 : directoryBytes / directories;
        }

        long bytesPerMessage() {
            return messages == 0 ? 0 : bytes / messages;
        }
    }
}
