package io.ringfence.embedded.postgres;

import java.io.IOException;

/// How PostgreSQL is told to end. Java itself sends SIGTERM only, at which PostgreSQL waits for its
/// clients to go.
enum PostgresSignal {
    /// Cuts the clients, writes everything down.
    FAST_SHUTDOWN("INT"),
    /// Ends at once; the next start recovers.
    IMMEDIATE_SHUTDOWN("QUIT");

    private final String signal;

    PostgresSignal(String signal) {
        this.signal = signal;
    }

    String signal() {
        return signal;
    }

    void send(long pid) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + signal, Long.toString(pid)).inheritIO().start().waitFor();
    }
}
