package io.ringfence.gateway.authorize;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import io.ringfence.contracts.permission.Verb;
import io.ringfence.contracts.resource.ObjectState;
import io.ringfence.gateway.authorize.Decision.Allowed;
import io.ringfence.gateway.authorize.Decision.Denied;
import io.ringfence.gateway.authorize.Decision.NamespaceUnknown;
import io.ringfence.gateway.authorize.Decision.Revoked;
import io.ringfence.trust.assertion.AssertedCaller;
import io.ringfence.trust.token.Restrictions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuthorizerTest {
    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");
    private static final String ALICE = "@auth:account=alice";
    private static final List<String> ALICES_TAGS = List.of("@auth:realm=vince", ALICE);
    private static final String ALICES_SUBJECT =
            "\"subject\": [[\"@auth:realm=vince\", \"" + ALICE + "\"]]";

    private final Namespaces namespaces = new Namespaces();
    private final Authorizations authorizations = new Authorizations();
    private final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    private final Holders holders = new Holders(clock);
    private final Authorizer authorizer =
            new Authorizer(namespaces, authorizations, holders, clock);

    @BeforeEach
    void makeTree() {
        namespaces.put("1", "/acme");
        namespaces.put("2", "/acme/shop");
        namespaces.put("3", "/acme/shop/web");
        namespaces.put("4", "/acme/shopping");
        namespaces.put("5", "/other");
        held("a", "account", "{\"name\": \"alice\", \"status\": \"Active\"}");
    }

    /// Alice holds the role in /acme/shop.
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    an administrator creates namespaces        | namespace.administrator | POST   | namespace            | /acme/shop     | true
                    an administrator deletes rulesets          | namespace.administrator | DELETE | networkrulesetpolicy | /acme/shop     | true
                    an administrator reaches below             | namespace.administrator | PUT    | externalnetwork      | /acme/shop/web | true
                    not above                                  | namespace.administrator | GET    | namespace            | /acme          | false
                    not a sibling whose name begins alike      | namespace.administrator | GET    | namespace            | /acme/shopping | false
                    not another tenant                         | namespace.administrator | GET    | namespace            | /other         | false
                    not the root                               | namespace.administrator | GET    | namespace            | /              | false
                    a viewer reads rulesets                    | namespace.viewer        | GET    | networkrulesetpolicy | /acme/shop     | true
                    a viewer reads below                       | namespace.viewer        | GET    | processingunit       | /acme/shop/web | true
                    a viewer asks for reports                  | namespace.viewer        | POST   | reportsquery         | /acme/shop     | true
                    a viewer queries metrics                   | namespace.viewer        | POST   | metricsquery         | /acme/shop     | true
                    a viewer creates nothing                   | namespace.viewer        | POST   | networkrulesetpolicy | /acme/shop     | false
                    a viewer changes nothing                   | namespace.viewer        | PUT    | networkrulesetpolicy | /acme/shop     | false
                    a viewer deletes nothing                   | namespace.viewer        | DELETE | externalnetwork      | /acme/shop     | false
                    a viewer does not import                   | namespace.viewer        | POST   | import               | /acme/shop     | false
                    an enforcer gets a certificate             | enforcer                | POST   | enforcercertificate  | /acme/shop     | true
                    an enforcer registers                      | enforcer                | POST   | enforcer             | /acme/shop     | true
                    an enforcer updates itself                 | enforcer                | PUT    | enforcer             | /acme/shop     | true
                    an enforcer reports processing units       | enforcer                | POST   | processingunit       | /acme/shop/web | true
                    an enforcer listens                        | enforcer                | GET    | enforcerstream       | /acme/shop     | true
                    an enforcer deletes no processing unit     | enforcer                | DELETE | processingunit       | /acme/shop     | false
                    an enforcer reads no rulesets              | enforcer                | GET    | networkrulesetpolicy | /acme/shop     | false
                    an enforcer writes no rulesets             | enforcer                | POST   | networkrulesetpolicy | /acme/shop     | false
                    an enforcer makes no namespaces            | enforcer                | POST   | namespace            | /acme/shop     | false
                    an unknown role grants nothing             | no.such.role            | GET    | namespace            | /acme/shop     | false
                    """)
    void decidesByRoleVerbAndNamespace(
            String sentence,
            String role,
            Verb verb,
            String identity,
            String namespace,
            boolean allowed) {
        policy(
                "/acme/shop",
                "\"authorizedIdentities\": [\"@auth:role=" + role + "\"]",
                ALICES_SUBJECT);

        Decision decision = decide(ALICES_TAGS, identity, verb, namespace);

        assertThat(decision).as(sentence).isInstanceOf(allowed ? Allowed.class : Denied.class);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    a verb that is named       | processingunit,get        | GET    | processingunit | true
                    a verb that is not         | processingunit,get        | PUT    | processingunit | false
                    another identity           | processingunit,get        | GET    | enforcer       | false
                    several verbs              | processingunit, get, put  | PUT    | processingunit | true
                    any verb                   | processingunit,*          | DELETE | processingunit | true
                    any identity               | *,get                     | GET    | enforcer       | true
                    patch is put               | processingunit,patch      | PUT    | processingunit | true
                    an identity alone          | processingunit            | GET    | processingunit | false
                    a verb that does not exist | processingunit,look       | GET    | processingunit | false
                    """)
    void decidesByIdentityVerbLines(
            String sentence, String line, Verb verb, String identity, boolean allowed) {
        policy("/acme", "\"authorizedIdentities\": [\"" + line + "\"]", ALICES_SUBJECT);

        assertThat(decide(ALICES_TAGS, identity, verb, "/acme"))
                .as(sentence)
                .isInstanceOf(allowed ? Allowed.class : Denied.class);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            textBlock =
                    """
                    disabled                         | "disabled": true                             | false
                    enabled                          | "disabled": false                            | true
                    expired                          | "expirationTime": "2026-11-01T11:59:59Z"     | false
                    expires later                    | "expirationTime": "2026-11-01T12:00:01Z"     | true
                    expires never, as Go writes it   | "expirationTime": "0001-01-01T00:00:00Z"     | true
                    an expiry nobody can read        | "expirationTime": "soon"                     | false
                    from inside the subnets          | "authorizedSubnets": ["192.0.2.0/24"]        | true
                    from outside the subnets         | "authorizedSubnets": ["198.51.100.0/24"]     | false
                    one bit outside                  | "authorizedSubnets": ["192.0.2.0/29"]        | false
                    a subnet nobody can read         | "authorizedSubnets": ["everywhere"]          | false
                    inside its schedule              | "activeSchedule": "0 8 * * *", "activeDuration": "8h" | true
                    outside its schedule             | "activeSchedule": "0 8 * * *", "activeDuration": "1h" | false
                    on another day                   | "activeSchedule": "0 8 * * 1", "activeDuration": "8h" | false
                    a schedule that never ends       | "activeSchedule": "0 8 * * *"                | false
                    a schedule nobody can read       | "activeSchedule": "often", "activeDuration": "8h" | false
                    """)
    void heedsWhatLimitsAPolicy(String sentence, String limit, boolean allowed) {
        policy("/acme", "\"authorizedIdentities\": [\"namespace,get\"]", ALICES_SUBJECT, limit);

        assertThat(decide(ALICES_TAGS, "namespace", Verb.GET, "/acme"))
                .as(sentence)
                .isInstanceOf(allowed ? Allowed.class : Denied.class);
    }

    @Test
    void needsEveryClaimOfALine() {
        policy(
                "/acme",
                "\"authorizedIdentities\": [\"*,*\"]",
                "\"subject\": [[\"@auth:realm=vince\", \"@auth:account=bob\"],"
                        + " [\"@auth:realm=vince\", \"@auth:account=alice\", \"@auth:group=ops\"]]");

        assertThat(decide(ALICES_TAGS, "namespace", Verb.GET, "/acme")).isInstanceOf(Denied.class);
        assertThat(
                        decide(
                                List.of("@auth:realm=vince", ALICE, "@auth:group=ops"),
                                "namespace",
                                Verb.GET,
                                "/acme"))
                .isInstanceOf(Allowed.class);
    }

    @Test
    void ignoresAnEmptySubject() {
        policy("/acme", "\"authorizedIdentities\": [\"*,*\"]", "\"subject\": [[]]");

        assertThat(decide(ALICES_TAGS, "namespace", Verb.GET, "/acme")).isInstanceOf(Denied.class);
    }

    @Test
    void ignoresAPolicyThatReachesOutOfItsNamespace() {
        state(
                "9",
                "apiauthorizationpolicy",
                "/other",
                "{\"authorizedNamespace\": \"/acme\", \"authorizedIdentities\": [\"*,*\"], "
                        + ALICES_SUBJECT
                        + "}");

        assertThat(decide(ALICES_TAGS, "namespace", Verb.GET, "/acme")).isInstanceOf(Denied.class);
    }

    @Test
    void usesAFallbackOnlyForWhomNothingElseApplies() {
        policy("/acme", "\"authorizedIdentities\": [\"*,*\"], \"fallback\": true", ALICES_SUBJECT);
        assertThat(decide(ALICES_TAGS, "namespace", Verb.DELETE, "/acme"))
                .isInstanceOf(Allowed.class);

        state(
                "another",
                "apiauthorizationpolicy",
                "/acme",
                "{\"authorizedNamespace\": \"/acme\", \"authorizedIdentities\": [\"*,get\"], "
                        + ALICES_SUBJECT
                        + "}");
        assertThat(decide(ALICES_TAGS, "namespace", Verb.DELETE, "/acme"))
                .isInstanceOf(Denied.class);
    }

    @Test
    void forgetsWhatIsRevoked() {
        policy("/acme", "\"authorizedIdentities\": [\"*,*\"]", ALICES_SUBJECT);
        assertThat(decide(ALICES_TAGS, "namespace", Verb.GET, "/acme")).isInstanceOf(Allowed.class);

        policy("/acme", "\"authorizedIdentities\": [\"enforcer,get\"]", ALICES_SUBJECT);
        assertThat(decide(ALICES_TAGS, "namespace", Verb.GET, "/acme")).isInstanceOf(Denied.class);
        assertThat(decide(ALICES_TAGS, "enforcer", Verb.GET, "/acme")).isInstanceOf(Allowed.class);

        authorizations.remove("policy");
        assertThat(decide(ALICES_TAGS, "enforcer", Verb.GET, "/acme")).isInstanceOf(Denied.class);
    }

    @Test
    void saysThatANamespaceIsUnknown() {
        policy("/", "\"authorizedIdentities\": [\"*,*\"]", ALICES_SUBJECT);

        assertThat(decide(ALICES_TAGS, "namespace", Verb.GET, "/nowhere"))
                .isEqualTo(new NamespaceUnknown("/nowhere"));

        namespaces.put("6", "/nowhere");
        assertThat(decide(ALICES_TAGS, "namespace", Verb.GET, "/nowhere"))
                .isInstanceOf(Allowed.class);

        namespaces.remove("6");
        assertThat(decide(ALICES_TAGS, "namespace", Verb.GET, "/nowhere"))
                .isInstanceOf(NamespaceUnknown.class);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            textBlock =
                    """
                    no restriction                       | -          | -                             | -               | POST | true
                    its namespace                        | /acme/shop | -                             | -               | POST | true
                    an ancestor                          | /acme      | -                             | -               | POST | true
                    another namespace                    | /other     | -                             | -               | POST | false
                    a name that only begins alike        | /acme/sho  | -                             | -               | POST | false
                    a role that permits it               | -          | @auth:role=enforcer           | -               | POST | true
                    a role that does not                 | -          | @auth:role=namespace.viewer   | -               | POST | false
                    a line that permits it               | -          | enforcer,post                 | -               | POST | true
                    a line that does not                 | -          | enforcer,get                  | -               | POST | false
                    a permission nobody knows            | -          | whatever                      | -               | POST | false
                    its network                          | -          | -                             | 192.0.2.0/24    | POST | true
                    its address in IPv6 form             | -          | -                             | 192.0.2.9/32    | POST | true
                    another network                      | -          | -                             | 192.0.3.0/24    | POST | false
                    an IPv6 network                      | -          | -                             | ::/0            | POST | false
                    a network nobody can read            | -          | -                             | home            | POST | false
                    """)
    void takesRestrictionsOff(
            String sentence,
            String namespace,
            String permission,
            String network,
            Verb verb,
            boolean allowed) {
        policy(
                "/",
                "\"authorizedIdentities\": [\"@auth:role=namespace.administrator\"]",
                ALICES_SUBJECT);
        Restrictions restrictions =
                new Restrictions(
                        namespace == null ? "" : namespace,
                        permission == null ? List.of() : List.of(permission),
                        network == null ? List.of() : List.of(network));

        Decision decision =
                authorizer.decide(
                        new Question(
                                new AssertedCaller(
                                        "alice", "vince", ALICES_TAGS, "t", 0, restrictions),
                                "enforcer",
                                verb,
                                "/acme/shop",
                                "192.0.2.9"));

        assertThat(decision).as(sentence).isInstanceOf(allowed ? Allowed.class : Denied.class);
    }

    @Test
    void addsNothingByARestriction() {
        policy("/", "\"authorizedIdentities\": [\"enforcer,get\"]", ALICES_SUBJECT);
        Restrictions wide =
                new Restrictions("", List.of("@auth:role=namespace.administrator"), List.of());

        Decision decision =
                authorizer.decide(
                        new Question(
                                new AssertedCaller("alice", "vince", ALICES_TAGS, "t", 0, wide),
                                "enforcer",
                                Verb.DELETE,
                                "/acme",
                                "192.0.2.9"));

        assertThat(decision).isInstanceOf(Denied.class);
    }

    @Test
    void tellsTheServiceWhatTheCallerMay() {
        policy(
                "/acme",
                "\"authorizedIdentities\": [\"*,get\", \"@auth:role=service.publisher\","
                        + " \"externalnetwork,*\"]",
                ALICES_SUBJECT);

        assertThat(decide(ALICES_TAGS, "namespace", Verb.GET, "/acme"))
                .isEqualTo(
                        new Allowed(
                                List.of("*,get", "externalnetwork,*", "servicepublication,post")));
    }

    /// Alice may create import requests in /acme/shop and, by a fallback, in /other; the token is
    /// as it is.
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    wherever a policy says so              | importrequest | POST | /     | /acme/shop
                    for an update too                      | importrequest | PUT  | /     | /acme/shop
                    only as far as the token reaches       | importrequest | POST | /acme/shop/web | /acme/shop/web
                    not for a look                         | importrequest | GET  | /     | ``
                    not for what stays where it is         | networkrulesetpolicy | POST | / | ``
                    """,
            quoteCharacter = '`')
    void saysWhereElseWhatIsHandedOverMayBeCreated(
            String sentence, String identity, Verb verb, String tokenReach, String elsewhere) {
        policy("/acme/shop", "\"authorizedIdentities\": [\"*,*\"]", ALICES_SUBJECT);
        state(
                "elsewhere",
                "apiauthorizationpolicy",
                "/other",
                """
                {"authorizedNamespace": "/other", "authorizedIdentities": ["importrequest,*"],
                 "fallback": true, %s}
                """
                        .formatted(ALICES_SUBJECT));
        Restrictions reach =
                new Restrictions(tokenReach.equals("/") ? "" : tokenReach, List.of(), List.of());

        Decision decision =
                authorizer.decide(
                        new Question(
                                new AssertedCaller("alice", "vince", ALICES_TAGS, "t", 0, reach),
                                identity,
                                verb,
                                "/acme/shop/web",
                                "192.0.2.9"));

        assertThat(((Allowed) decision).elsewhere())
                .as(sentence)
                .isEqualTo(elsewhere.isEmpty() ? List.of() : List.of(elsewhere));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    in its namespace                        | certificate | /acme/shop     | true
                    below                                   | certificate | /acme/shop/web | true
                    not above                               | certificate | /acme          | false
                    another realm cannot claim to be one    | oidc        | /acme/shop     | false
                    """)
    void authorizesAnEnforcerByItsCertificate(
            String sentence, String realm, String namespace, boolean allowed) {
        List<String> tags =
                List.of(
                        "@auth:realm=" + realm,
                        "@auth:enforcerid=0123456789abcdef01234567",
                        "@auth:organization=/acme/shop");

        assertThat(decide(tags, "processingunit", Verb.POST, namespace))
                .as(sentence)
                .isInstanceOf(allowed ? Allowed.class : Denied.class);
        assertThat(decide(tags, "networkrulesetpolicy", Verb.GET, namespace))
                .isInstanceOf(Denied.class);
    }

    @Test
    void authorizesAnAppCredentialByItsRoles() {
        String id = "0123456789abcdef01234567";
        List<String> tags =
                List.of("@auth:realm=certificate", "@auth:commonname=app:credential:" + id + ":ci");
        String roles = "\"name\": \"ci\", \"roles\": [\"@auth:role=namespace.viewer\"]";
        state(id, "appcredential", "/acme", "{" + roles + "}");
        assertThat(decide(tags, "namespace", Verb.GET, "/acme/shop")).isInstanceOf(Allowed.class);
        assertThat(decide(tags, "namespace", Verb.GET, "/other")).isInstanceOf(Denied.class);

        state(id, "appcredential", "/acme", "{" + roles + ", \"disabled\": true}");
        assertThat(decide(tags, "namespace", Verb.GET, "/acme/shop")).isInstanceOf(Denied.class);
    }

    /// A namespace lives in its parent, and so does the switch of its discovery mode.
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    switched with rights in the parent      | POST   | /acme/shop/web | true
                    not with rights in the namespace only   | POST   | /acme/shop     | false
                    nor off                                 | DELETE | /acme/shop     | false
                    seen with rights in the namespace       | GET    | /acme/shop     | true
                    """)
    void asksInTheParentForDiscoveryMode(
            String sentence, Verb verb, String namespace, boolean allowed) {
        policy(
                "/acme/shop",
                "\"authorizedIdentities\": [\"@auth:role=namespace.administrator\"]",
                ALICES_SUBJECT);

        assertThat(decide(ALICES_TAGS, "discoverymode", verb, namespace))
                .as(sentence)
                .isInstanceOf(allowed ? Allowed.class : Denied.class);
    }

    @Test
    void knowsARevokedEnforcerNoMore() {
        String id = "0123456789abcdef01234567";
        List<String> tags =
                List.of(
                        "@auth:realm=certificate",
                        "@auth:enforcerid=" + id,
                        "@auth:organization=/acme/shop");
        assertThat(decide(tags, "processingunit", Verb.GET, "/acme/shop"))
                .isInstanceOf(Allowed.class);

        held(id, "enforcercertificate", "{\"revoked\": true}");
        assertThat(decide(tags, "processingunit", Verb.GET, "/acme/shop"))
                .isInstanceOf(Revoked.class);
    }

    /// Whatever an API authorization gives to its name.
    @Test
    void knowsADisabledAccountNoMore() {
        policy("/acme", "\"authorizedIdentities\": [\"namespace,get\"]", ALICES_SUBJECT);
        AssertedCaller alice =
                new AssertedCaller("alice", "vince", ALICES_TAGS, "t", 0, Restrictions.NONE);
        Question question = new Question(alice, "namespace", Verb.GET, "/acme", "192.0.2.9");
        assertThat(authorizer.decide(question)).isInstanceOf(Allowed.class);

        held("a", "account", "{\"name\": \"alice\", \"status\": \"Disabled\"}");

        assertThat(authorizer.decide(question)).isInstanceOf(Revoked.class);
        assertThat(authorizer.accessibleNamespaces(alice, "192.0.2.9")).isEmpty();
    }

    @Test
    void listsWhereACallerMayDoSomething() {
        namespaces.put("0", "/");
        policy("/acme/shop", "\"authorizedIdentities\": [\"externalnetwork,get\"]", ALICES_SUBJECT);
        state(
                "elsewhere",
                "apiauthorizationpolicy",
                "/other",
                "{\"authorizedNamespace\": \"/other\", \"authorizedIdentities\": [\"*,get\"],"
                        + " \"authorizedSubnets\": [\"198.51.100.0/24\"], "
                        + ALICES_SUBJECT
                        + "}");

        assertThat(accessible(Restrictions.NONE, "192.0.2.9"))
                .containsExactly(
                        new AccessibleNamespace("2", "/acme/shop"),
                        new AccessibleNamespace("3", "/acme/shop/web"));
        assertThat(accessible(Restrictions.NONE, "198.51.100.7"))
                .extracting(AccessibleNamespace::name)
                .containsExactly("/acme/shop", "/acme/shop/web", "/other");
        assertThat(
                        accessible(
                                new Restrictions("/acme/shop/web", List.of(), List.of()),
                                "192.0.2.9"))
                .extracting(AccessibleNamespace::name)
                .containsExactly("/acme/shop/web");
        assertThat(
                        accessible(
                                new Restrictions("", List.of("enforcer,get"), List.of()),
                                "192.0.2.9"))
                .isEmpty();
        assertThat(accessible(new Restrictions("", List.of(), List.of("10.0.0.0/8")), "192.0.2.9"))
                .isEmpty();
    }

    /// What was worked out before is remembered, but not past what it depends on.
    @Test
    void decidesAnewWhenWhatItDependsOnChanges() {
        policy(
                "/acme",
                "\"authorizedIdentities\": [\"namespace,get\"], \"authorizedSubnets\":"
                        + " [\"192.0.2.0/24\"]",
                ALICES_SUBJECT);
        AssertedCaller alice =
                new AssertedCaller("alice", "vince", ALICES_TAGS, "t", 0, Restrictions.NONE);
        Question inside = new Question(alice, "namespace", Verb.GET, "/acme", "192.0.2.9");
        Question outside = new Question(alice, "namespace", Verb.GET, "/acme", "198.51.100.7");

        assertThat(authorizer.decide(inside)).isInstanceOf(Allowed.class);
        assertThat(authorizer.decide(outside)).isInstanceOf(Denied.class);
        assertThat(authorizer.decide(inside)).isInstanceOf(Allowed.class);

        state(
                "another",
                "apiauthorizationpolicy",
                "/acme",
                "{\"authorizedNamespace\": \"/acme\", \"authorizedIdentities\": [\"*,get\"], "
                        + ALICES_SUBJECT
                        + "}");
        assertThat(authorizer.decide(outside)).isInstanceOf(Allowed.class);
        authorizations.remove("another");
        assertThat(authorizer.decide(outside)).isInstanceOf(Denied.class);
    }

    private List<AccessibleNamespace> accessible(Restrictions restrictions, String from) {
        return authorizer.accessibleNamespaces(
                new AssertedCaller("alice", "vince", ALICES_TAGS, "t", 0, restrictions), from);
    }

    private Decision decide(List<String> tags, String identity, Verb verb, String namespace) {
        return authorizer.decide(
                new Question(
                        new AssertedCaller("someone", "realm", tags, "t", 0, Restrictions.NONE),
                        identity,
                        verb,
                        namespace,
                        "192.0.2.9"));
    }

    private void held(String id, String identity, String json) {
        holders.put(ObjectState.newBuilder().setId(id).setIdentity(identity).build(), tree(json));
    }

    private void policy(String namespace, String... members) {
        state(
                "policy",
                "apiauthorizationpolicy",
                namespace,
                "{\"authorizedNamespace\": \""
                        + namespace
                        + "\", "
                        + String.join(", ", members)
                        + "}");
    }

    private void state(String id, String identity, String namespace, String json) {
        ObjectState state =
                ObjectState.newBuilder()
                        .setId(id)
                        .setIdentity(identity)
                        .setNamespace(namespace)
                        .setJson(ByteString.copyFromUtf8(json))
                        .build();
        authorizations.put(state, tree(json));
    }

    private static JsonNode tree(String json) {
        try {
            return new ObjectMapper().readTree(json);
        } catch (JsonProcessingException e) {
            throw new AssertionError(json, e);
        }
    }
}
