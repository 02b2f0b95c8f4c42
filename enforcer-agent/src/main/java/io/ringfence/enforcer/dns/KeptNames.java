package io.ringfence.enforcer.dns;

import io.ringfence.enforcer.state.StateFolder;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/// The file from which an enforcer that starts again knows what DNS had answered: a line for each
/// `end in milliseconds since 1970, address, name`.
public final class KeptNames {
    private static final String FILE = "names";

    private final StateFolder folder;

    public KeptNames(StateFolder folder) {
        this.folder = folder;
    }

    /// What is not over. Lines that make no sense are left out: a name without address is safe.
    public List<HeldNames.Left> read(long wallMillis) throws IOException {
        List<HeldNames.Left> left = new ArrayList<>();
        for (String line : folder.readText(FILE).orElse("").lines().toList()) {
            String[] words = line.split(" ", -1);
            if (words.length == 3 && words[0].matches("[0-9]{1,15}")) {
                long millis = Long.parseLong(words[0]) - wallMillis;
                if (millis > 0) {
                    try {
                        InetAddress address = InetAddress.ofLiteral(words[1]);
                        left.add(new HeldNames.Left(words[2], address, millis));
                    } catch (IllegalArgumentException damaged) {
                        continue;
                    }
                }
            }
        }
        return left;
    }

    public void write(List<HeldNames.Left> left, long wallMillis) throws IOException {
        StringBuilder text = new StringBuilder();
        for (HeldNames.Left each : left) {
            text.append(wallMillis + each.millis())
                    .append(' ')
                    .append(each.address().getHostAddress())
                    .append(' ')
                    .append(each.name())
                    .append('\n');
        }
        folder.writeText(FILE, text.toString());
    }
}
