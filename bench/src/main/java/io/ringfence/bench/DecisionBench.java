package io.ringfence.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import io.ringfence.bench.measure.Distribution;
import io.ringfence.bench.measure.Results;
import io.ringfence.contracts.permission.Verb;
import io.ringfence.contracts.resource.ObjectState;
import io.ringfence.gateway.authorize.Authorizations;
import io.ringfence.gateway.authorize.Authorizer;
import io.ringfence.gateway.authorize.Decision;
import io.ringfence.gateway.authorize.Holders;
import io.ringfence.gateway.authorize.Namespaces;
import io.ringfence.gateway.authorize.Question;
import io.ringfence.trust.assertion.AssertedCaller;
import io.ringfence.trust.token.Restrictions;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/// How many authorization decisions the gateway takes per second on one core, with as many
/// namespaces and authorizations as given: every caller has one authorization of its own, in a
/// namespace of its own, and asks for what it may read and for what belongs to another.
public final class DecisionBench {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Authorizer authorizer;
    private final List<Question> allowed = new ArrayList<>();
    private final List<Question> denied = new ArrayList<>();

    DecisionBench(int size) throws IOException {
        Namespaces namespaces = new Namespaces();
        Authorizations authorizations = new Authorizations();
        Holders holders = new Holders(Clock.systemUTC());
        for (int i = 0; i < size; i++) {
            namespaces.put(id(i), namespace(i));
            JsonNode policy = policy(i);
            authorizations.put(
                    ObjectState.newBuilder()
                            .setIdentity("apiauthorizationpolicy")
                            .setId(id(i))
                            .setNamespace(namespace(i))
                            .setRevision(1)
                            .setJson(ByteString.copyFrom(JSON.writeValueAsBytes(policy)))
                            .build(),
                    policy);
            holders.put(
                    ObjectState.newBuilder().setIdentity("account").setId(id(i)).build(),
                    JSON.createObjectNode().put("name", "caller" + i).put("status", "Active"));
            allowed.add(question(i, namespace(i)));
            denied.add(question(i, namespace((i + 1) % size)));
        }
        authorizer = new Authorizer(namespaces, authorizations, holders, Clock.systemUTC());
    }

    /// Prints what was measured, too.
    static void run(int size, int rounds, int milliseconds, Results results) throws IOException {
        DecisionBench bench = new DecisionBench(size);
        bench.perSecond(milliseconds);
        Distribution perSecond = new Distribution();
        for (int i = 0; i < rounds; i++) {
            perSecond.add(bench.perSecond(milliseconds));
        }
        double median = perSecond.at(0.5);
        System.out.printf(
                "%nAuthorization decisions, %d authorizations and namespaces, one thread%n  ours  %,10.0f decisions/s (%.2f us each)%n",
                size, median, 1e6 / median);
        results.row("authorization-decision", "us CPU/decision")
                .put("p50", 1e6 / median)
                .put("perSecond", median);
    }

    /// Half of them are allowed, half denied; any other outcome ends the run.
    double perSecond(int milliseconds) {
        long began = System.nanoTime();
        long end = began + milliseconds * 1_000_000L;
        long decisions = 0;
        long now = began;
        while (now < end) {
            for (int i = 0; i < allowed.size(); i++) {
                if (!(authorizer.decide(allowed.get(i)) instanceof Decision.Allowed)
                        || !(authorizer.decide(denied.get(i)) instanceof Decision.Denied)) {
                    throw new IllegalStateException("a wrong decision about caller " + i);
                }
            }
            decisions += 2L * allowed.size();
            now = System.nanoTime();
        }
        return decisions * 1e9 / (now - began);
    }

    private static Question question(int caller, String namespace) {
        return new Question(
                new AssertedCaller(
                        "caller" + caller,
                        "vince",
                        List.of("@auth:realm=vince", "@auth:account=caller" + caller),
                        "token" + caller,
                        0,
                        Restrictions.NONE),
                "namespace",
                Verb.GET,
                namespace,
                "10.1.2.3");
    }

    private static JsonNode policy(int caller) throws IOException {
        return JSON.readTree(
                """
                {"name": "caller%1$d", "subject": [["@auth:realm=vince", "@auth:account=caller%1$d"]],
                 "authorizedIdentities": ["@auth:role=namespace.viewer"],
                 "authorizedNamespace": "%2$s", "authorizedSubnets": ["10.0.0.0/8"]}
                """
                        .formatted(caller, namespace(caller)));
    }

    private static String namespace(int number) {
        return "/tenant%d/group%d".formatted(number % 100, number);
    }

    private static String id(int number) {
        return "%024x".formatted(number);
    }
}
