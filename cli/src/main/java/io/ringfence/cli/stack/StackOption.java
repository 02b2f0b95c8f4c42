package io.ringfence.cli.stack;

import io.ringfence.cli.UserError;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/// The option every verb has: which stack is meant.
public final class StackOption {
    @Option(
            names = "--data-dir",
            defaultValue = "${env:RINGFENCE_DATA_DIR:-.ringfence}",
            description = "The stack's folder (default: $RINGFENCE_DATA_DIR, or ./.ringfence).")
    private Path dataDir = Path.of(".ringfence");

    public DataFolder folder() {
        return DataFolder.of(dataDir);
    }

    /// The stack in that folder, whatever its phase.
    public Stack stack() {
        return Stack.read(folder())
                .orElseThrow(() ->
                        new UserError(
                                3,
                                "There is no stack in "
                                        + folder().path()
                                        + "; start one with 'ringfence up', or name its folder with --data-dir."));
    }

    /// The stack, which must be running.
    public Stack running() {
        Stack stack = stack();
        if (!stack.supervised()) {
            throw new UserError(
                    "The stack in "
                            + folder().path()
                            + " is not running; start it with 'ringfence up'.");
        }
        return stack;
    }
}
