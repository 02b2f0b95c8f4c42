package io.ringfence.cli.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What the kernel says about a process (`/proc`).
public final class Processes {
    private static final int START_TIME_FIELD = 19;

    private Processes() {}

    /// Start time in clock ticks since boot; 0 when there is no such process.
    public static long started(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            String[] afterName = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            if (afterName[0].equals("Z")) {
                return 0;
            }
            return Long.parseLong(afterName[START_TIME_FIELD]);
        } catch (IOException gone) {
            return 0;
        }
    }

    /// Whether the very process that was noted still runs.
    public static boolean runs(long pid, long started) {
        return pid > 0 && started > 0 && started(pid) == started;
    }

    public static long residentBytes(long pid) {
        try {
            List<String> lines = Files.readAllLines(Path.of("/proc/" + pid + "/status"));
            for (String line : lines) {
                if (line.startsWith("VmRSS:")) {
                    return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
                }
            }
        } catch (IOException gone) {
            return 0;
        }
        return 0;
    }
}
