package io.ringfence.cli.launch;

import io.ringfence.cli.UserError;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// How much memory each process may have for its objects, as `java -Xmx` takes it.
final class Heaps {
    private static final Map<String, String> USUAL =
            Map.of(
                    "kafka", "384m",
                    "identity-service", "192m",
                    "policy-service", "192m",
                    "flow-ingest-service", "192m",
                    "metrics-service", "192m",
                    "gateway", "192m");
    private static final Pattern SIZE = Pattern.compile("[1-9]\\d{0,6}[mMgG]");

    private final Map<String, String> wanted;

    private Heaps(Map<String, String> wanted) {
        this.wanted = wanted;
    }

    /// @param wanted by process, for those that are not to have what is usual
    /// @throws UserError if there is no such process, or this is no size
    static Heaps of(Map<String, String> wanted) {
        wanted.forEach((process, size) -> {
            if (!USUAL.containsKey(process)) {
                throw new UserError(
                        "--heap: '%s' is none of %s"
                                .formatted(
                                        process, String.join(", ", new TreeMap<>(USUAL).keySet())));
            }
            if (!SIZE.matcher(size).matches()) {
                throw new UserError(
                        "--heap: '%s' of %s must be a size such as 512m or 2g"
                                .formatted(size, process));
            }
        });
        return new Heaps(new TreeMap<>(wanted));
    }

    String optionFor(String process) {
        return "-Xmx" + wanted.getOrDefault(process, USUAL.get(process));
    }

    /// As `up` takes them.
    List<String> arguments() {
        return wanted.entrySet().stream()
                .flatMap(each -> List.of("--heap", each.getKey() + "=" + each.getValue()).stream())
                .toList();
    }
}
