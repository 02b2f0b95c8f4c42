package io.ringfence.bench.distribution;

import io.ringfence.bench.measure.Distribution;
import io.ringfence.bench.measure.Results;
import io.ringfence.bench.stack.Stack;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.TimeoutException;

/// What ours is measured against, on the same PostgreSQL and Kafka: the steps of a change with
/// nothing of ours in them, and what is left of those from the commit on.
final class Bare implements AutoCloseable {
    private final BarePath path;
    private final BareChange change;

    private Bare(BarePath path, BareChange change) {
        this.path = path;
        this.change = change;
    }

    static Bare open(Path home, Stack stack, int payloadBytes) throws Exception {
        BarePath path = BarePath.open(stack, payloadBytes);
        try {
            return new Bare(path, BareChange.open(home, stack, path, payloadBytes));
        } catch (Exception failed) {
            path.close();
            throw failed;
        }
    }

    Times once() throws IOException, SQLException, InterruptedException, TimeoutException {
        return new Times(change.once(), path.once());
    }

    /// Milliseconds.
    record Times(double change, double fromCommit) {}

    @Override
    public void close() throws Exception {
        change.close();
        path.close();
    }

    /// Many of them beside a row's own figures.
    static final class Beside {
        private final Distribution change = new Distribution();
        private final Distribution fromCommit = new Distribution();

        void add(Times times) {
            change.add(times.change());
            fromCommit.add(times.fromCommit());
        }

        void print() {
            print("the bare steps", change);
            print("those from the commit on", fromCommit);
        }

        private static void print(String what, Distribution measured) {
            System.out.printf(
                    "  %-28s p50 %6.1f ms  p99 %6.1f ms%n",
                    what, measured.at(0.5), measured.at(0.99));
        }

        /// The limit is all the steps; what follows the commit, which has no request in it, stands
        /// beside it.
        Results.Row limit(Results.Row row, Distribution ours) {
            return row.limit(change.at(0.99), ours.at(0.99) / change.at(0.99))
                    .put("ratioP50", ours.at(0.5) / change.at(0.5))
                    .put("bareP50", change.at(0.5))
                    .put("bareP99", change.at(0.99))
                    .put("fromCommitP50", fromCommit.at(0.5))
                    .put("fromCommitP99", fromCommit.at(0.99))
                    .put("ratioFromCommitP50", ours.at(0.5) / fromCommit.at(0.5))
                    .put("ratioFromCommit", ours.at(0.99) / fromCommit.at(0.99));
        }
    }
}
