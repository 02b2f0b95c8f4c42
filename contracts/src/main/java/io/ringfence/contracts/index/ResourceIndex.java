package io.ringfence.contracts.index;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Read once from `resources.txt` beside this class.
public final class ResourceIndex {
    private static final String RETIRED = "retired";
    private static final ResourceIndex CONSOLE = read(text());

    private final Map<String, Entry> byIdentity = new LinkedHashMap<>();
    private final Map<String, Entry> bySegment = new LinkedHashMap<>();

    private ResourceIndex() {}

    /// The API of this console.
    public static ResourceIndex console() {
        return CONSOLE;
    }

    /// By the first segment of a path, in any of its spellings.
    public Optional<Entry> at(String segment) {
        return Optional.ofNullable(bySegment.get(segment));
    }

    public Optional<Entry> identified(String identity) {
        return Optional.ofNullable(byIdentity.get(identity));
    }

    /// In the order of the file.
    public Collection<Entry> entries() {
        return Collections.unmodifiableCollection(byIdentity.values());
    }

    static ResourceIndex read(String text) {
        ResourceIndex index = new ResourceIndex();
        String section = "";
        for (String each : text.lines().toList()) {
            String line = each.replaceFirst("#.*", "").strip();
            if (line.startsWith("[")) {
                section = line.substring(1, line.length() - 1);
            } else if (!line.isEmpty()) {
                index.add(section.equals(RETIRED) ? retired(line) : served(section, line));
            }
        }
        return index;
    }

    /// `authorized namespace namespaces ns`
    private static Entry served(String owner, String line) {
        List<String> words = List.of(line.split("\\s+"));
        return new Entry.Served(
                words.get(1),
                words.subList(2, words.size()),
                Owner.valueOf(owner.toUpperCase(Locale.ROOT)),
                Access.valueOf(words.getFirst().toUpperCase(Locale.ROOT)));
    }

    /// `sshidentity sshidentities: what replaced it`
    private static Entry retired(String line) {
        int colon = line.indexOf(": ");
        List<String> words = List.of(line.substring(0, colon).split("\\s+"));
        return new Entry.Retired(
                words.getFirst(), words.subList(1, words.size()), line.substring(colon + 2));
    }

    private void add(Entry entry) {
        if (byIdentity.put(entry.identity(), entry) != null) {
            throw new IllegalStateException("The index has two lines for " + entry.identity());
        }
        for (String segment : entry.segments()) {
            if (bySegment.put(segment, entry) != null) {
                throw new IllegalStateException("The index has two lines for /" + segment);
            }
        }
    }

    private static String text() {
        try (InputStream index = ResourceIndex.class.getResourceAsStream("resources.txt")) {
            return new String(
                    Objects.requireNonNull(index, "resources.txt").readAllBytes(),
                    StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
