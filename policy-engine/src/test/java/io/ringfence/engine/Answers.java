package io.ringfence.engine;

import io.ringfence.engine.names.DnsAnswer;
import io.ringfence.engine.names.DnsAnswers;
import java.net.InetAddress;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/// DNS answers as an enforcer keeps them: the names by address.
final class Answers {
    private Answers() {}

    static Map<InetAddress, Set<String>> all(DnsAnswers answers) {
        return named(answers, _ -> true);
    }

    static Map<InetAddress, Set<String>> holding(DnsAnswers answers, Instant now) {
        return named(
                answers,
                answer ->
                        !answer.received().isAfter(now)
                                && now.isBefore(
                                        answer.received()
                                                .plus(answer.timeToLive())
                                                .plus(answers.grace())));
    }

    private static Map<InetAddress, Set<String>> named(
            DnsAnswers answers, Predicate<DnsAnswer> chosen) {
        Map<InetAddress, Set<String>> names = new HashMap<>();
        answers.answers().stream()
                .filter(chosen)
                .forEach(answer ->
                        names.computeIfAbsent(answer.address(), _ -> new HashSet<>())
                                .add(answer.name()));
        return names;
    }
}
