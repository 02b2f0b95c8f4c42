package io.ringfence.enforcer.agent;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.logging.ConsoleHandler;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/// One line per event on standard output.
final class Logging {
    /// Kept, because the JDK's loggers are forgotten when nobody holds them.
    private static final Logger KAFKA = Logger.getLogger("org.apache.kafka");

    private Logging() {}

    static void start(boolean json, Level level) {
        Logger root = Logger.getLogger("");
        for (Handler existing : root.getHandlers()) {
            root.removeHandler(existing);
        }
        Handler out = new StandardOutput();
        out.setFormatter(json ? new JsonLine() : new TextLine());
        out.setLevel(level);
        root.addHandler(out);
        root.setLevel(level);
        KAFKA.setLevel(level.intValue() < Level.INFO.intValue() ? level : Level.SEVERE);
    }

    private static final class StandardOutput extends ConsoleHandler {
        StandardOutput() {
            setOutputStream(System.out);
        }
    }

    static final class TextLine extends Formatter {
        @Override
        public String format(LogRecord entry) {
            return "%s %-7s %s: %s%n%s"
                    .formatted(
                            entry.getInstant(),
                            name(entry.getLevel()),
                            shortName(entry),
                            formatMessage(entry),
                            trace(entry));
        }
    }

    static final class JsonLine extends Formatter {
        @Override
        public String format(LogRecord entry) {
            String trace = trace(entry);
            return "{\"time\":\"%s\",\"level\":\"%s\",\"logger\":%s,\"message\":%s%s}%n"
                    .formatted(
                            entry.getInstant(),
                            name(entry.getLevel()),
                            quoted(shortName(entry)),
                            quoted(formatMessage(entry)),
                            trace.isEmpty() ? "" : ",\"trace\":" + quoted(trace));
        }
    }

    private static String name(Level level) {
        int value = level.intValue();
        if (value >= Level.SEVERE.intValue()) {
            return "error";
        }
        if (value >= Level.WARNING.intValue()) {
            return "warn";
        }
        return value >= Level.INFO.intValue() ? "info" : "debug";
    }

    private static String shortName(LogRecord entry) {
        String name = String.valueOf(entry.getLoggerName());
        return name.substring(name.lastIndexOf('.') + 1);
    }

    private static String trace(LogRecord entry) {
        if (entry.getThrown() == null) {
            return "";
        }
        StringWriter text = new StringWriter();
        entry.getThrown().printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.chars()
                .forEach(c -> {
                    switch (c) {
                        case '"' -> quoted.append("\\\"");
                        case '\\' -> quoted.append("\\\\");
                        case '\n' -> quoted.append("\\n");
                        case '\t' -> quoted.append("\\t");
                        default -> {
                            if (c < ' ') {
                                quoted.append("\\u%04x".formatted(c));
                            } else {
                                quoted.append((char) c);
                            }
                        }
                    }
                });
        return quoted.append('"').toString();
    }
}
