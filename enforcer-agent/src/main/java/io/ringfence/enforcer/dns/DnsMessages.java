package io.ringfence.enforcer.dns;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

/// Reads queries and answers.
final class DnsMessages {
    private static final int ALIASES = 16;

    /// What the text of a name has where a label has a dot, or no letter at all, in it: no host's
    /// name, and easily mistaken for one of another domain.
    private static final String ESCAPE = "\\";

    private DnsMessages() {}

    /// What a query asks, and what its answer repeats.
    record Question(int id, String name, int type) {}

    /// @param isAnswer rather than a query
    static Optional<Question> question(Message message, boolean isAnswer) {
        Record question = message.getQuestion();
        if (question == null || message.getHeader().getFlag(Flags.QR) != isAnswer) {
            return Optional.empty();
        }
        return Optional.of(
                new Question(
                        message.getHeader().getID(), text(question.getName()), question.getType()));
    }

    /// Empty if it is none.
    static Optional<Message> read(byte[] bytes) {
        try {
            return Optional.of(new Message(bytes));
        } catch (IOException | RuntimeException unreadable) {
            return Optional.empty();
        }
    }

    /// The addresses that an answer gives for the name it was asked for, and for every other name
    /// on the way there, each for as long as the shortest-lived record behind it. A cut answer
    /// gives none: the client will ask again.
    static List<NameAnswer> addresses(Message answer) {
        boolean isWhole = !answer.getHeader().getFlag(Flags.TC);
        if (!isWhole || answer.getRcode() != Rcode.NOERROR) {
            return List.of();
        }
        List<Record> records = answer.getSection(Section.ANSWER);
        List<CNAMERecord> aliases = aliases(answer.getQuestion().getName(), records);
        Name last =
                aliases.isEmpty() ? answer.getQuestion().getName() : aliases.getLast().getTarget();
        List<NameAnswer> found = new ArrayList<>();
        for (Record record : records) {
            if (record.getName().equals(last)) {
                address(record).ifPresent(address -> add(found, address, record, aliases));
            }
        }
        found.removeIf(each -> each.name().contains(ESCAPE));
        return found;
    }

    private static List<CNAMERecord> aliases(Name asked, List<Record> records) {
        List<CNAMERecord> aliases = new ArrayList<>();
        Name name = asked;
        while (aliases.size() < ALIASES) {
            Name current = name;
            Optional<CNAMERecord> next =
                    records.stream()
                            .filter(CNAMERecord.class::isInstance)
                            .map(CNAMERecord.class::cast)
                            .filter(alias -> alias.getName().equals(current))
                            .findFirst();
            if (next.isEmpty()) {
                break;
            }
            aliases.add(next.get());
            name = next.get().getTarget();
        }
        return aliases;
    }

    private static Optional<InetAddress> address(Record record) {
        return switch (record) {
            case ARecord v4 -> Optional.of(v4.getAddress());
            case AAAARecord v6 -> Optional.of(v6.getAddress());
            default -> Optional.empty();
        };
    }

    private static void add(
            List<NameAnswer> found, InetAddress address, Record record, List<CNAMERecord> aliases) {
        long seconds = record.getTTL();
        found.add(new NameAnswer(text(record.getName()), address, Duration.ofSeconds(seconds)));
        for (CNAMERecord alias : aliases.reversed()) {
            seconds = Math.min(seconds, alias.getTTL());
            found.add(new NameAnswer(text(alias.getName()), address, Duration.ofSeconds(seconds)));
        }
    }

    private static String text(Name name) {
        return name.toString(true).toLowerCase(Locale.ROOT);
    }
}
