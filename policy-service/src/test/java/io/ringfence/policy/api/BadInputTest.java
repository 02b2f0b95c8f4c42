package io.ringfence.policy.api;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.protocol.body.BodyFormat;
import io.ringfence.protocol.declaration.ObjectCheck;
import io.ringfence.protocol.declaration.ResourceDeclaration;
import io.ringfence.protocol.error.ApiException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What cannot be meant is refused, with the attribute named.
class BadInputTest {
    private static final Map<String, ResourceDeclaration> RESOURCES =
            Map.of(
                    "ruleset", new PolicyResources().rulesets(),
                    "unit", new WorkloadResources().processingUnits(),
                    "enforcer", new WorkloadResources().enforcers(),
                    "profile", new EnforcerProfileResources().profiles(),
                    "hostservice", new EnforcerProfileResources().hostServices(),
                    "service", new ServiceResources().services(),
                    "spec", new ServiceResources().httpResourceSpecs(),
                    "token", new ServiceResources().tokenScopes(),
                    "refresh", new RefreshResources().processingUnitRefreshes());

    private static final Map<String, String> REQUIRED =
            Map.of(
                    "ruleset", "'subject': [['a=b']],",
                    "enforcer", "'FQDN': 'e.local',",
                    "service", "'exposedPort': 443,");

    private static ObjectNode object(String resource, String attributes) {
        boolean named = resource.equals("refresh") || attributes.contains("'name'");
        String name = named ? "" : "'name': 'n',";
        String required = REQUIRED.getOrDefault(resource, "");
        boolean given = !required.isEmpty() && attributes.startsWith(required.split(":", 2)[0]);
        String body = "{%s %s %s}".formatted(name, given ? "" : required, attributes);
        return BodyFormat.JSON.readObject(body.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    a cron that never fires      | ruleset     | activeSchedule    | 'activeSchedule': '0 0 30 2 *', 'activeDuration': '1h'
                    a schedule without duration  | ruleset     | activeDuration    | 'activeSchedule': '0 0 * * *'
                    a duration without schedule  | token       | activeSchedule    | 'activeDuration': '1h'
                    a duration that is none      | token       | activeDuration    | 'activeSchedule': '@daily', 'activeDuration': 'long'
                    an expiry that is no time    | token       | expirationTime    | 'expirationTime': 'tomorrow'
                    metadata that looks alike    | unit        | metadata          | 'metadata': ['@app:x=\u0430b']
                    a user tag of the system's   | unit        | associatedTags    | 'associatedTags': ['@app=x']
                    an interval without unit     | unit        | tracing           | 'tracing': {'interval': '10'}
                    a log duration that is none  | enforcer    | logLevelDuration  | 'logLevelDuration': 'for ever'
                    a name among target networks | profile     | targetNetworks    | 'targetNetworks': ['db.example']
                    an uncovered exclusion       | profile     | excludedNetworks  | 'excludedNetworks': ['10.0.0.0/8', '!11.0.0.0/8']
                    a network twice              | profile     | targetNetworks    | 'targetNetworks': ['10.0.0.0/8', '10.0.0.0/8']
                    multicast over UDP           | profile     | targetUDPNetworks | 'targetUDPNetworks': ['224.0.0.1']
                    everything over UDP          | profile     | targetUDPNetworks | 'targetUDPNetworks': ['0.0.0.0/0']
                    half of multicast excluded   | profile     | targetUDPNetworks | 'targetUDPNetworks': ['::/0', '!ff00::/9']
                    a CA that is no certificate  | profile     | trustedCAs        | 'trustedCAs': ['-----BEGIN CERTIFICATE-----']
                    an expression without =      | profile     | ignoreExpression  | 'ignoreExpression': [['kube']]
                    a name with a hyphen         | hostservice | name              | 'name': 'a-b'
                    port 0 of a host service     | hostservice | services          | 'services': ['tcp/0']
                    a port beyond the last       | service     | exposedPort       | 'exposedPort': 65536
                    a negative port              | service     | port              | 'port': -1
                    a name among addresses       | service     | IPs               | 'IPs': ['db.example']
                    an address among names       | service     | hosts             | 'hosts': ['10.0.0.1']
                    a CA that is text            | service     | MTLSCertificateAuthority | 'MTLSCertificateAuthority': 'CA'
                    a mapping without header     | service     | claimsToHTTPHeaderMappings | 'claimsToHTTPHeaderMappings': [{'claimName': 'a'}]
                    a method that is none        | spec        | endpoints         | 'endpoints': [{'URI': '/a', 'methods': ['FETCH']}]
                    a path that is none          | spec        | endpoints         | 'endpoints': [{'URI': 'a b'}]
                    a ping to port 70000         | refresh     | pingPort          | 'pingPort': 70000
                    a trace without unit         | refresh     | traceDuration     | 'traceDuration': '10'
                    """)
    void isRefused(String sentence, String resource, String attribute, String attributes) {
        ApiException refusal =
                catchThrowableOfType(
                        ApiException.class,
                        () ->
                                ObjectCheck.forCreate(
                                        requireNonNull(RESOURCES.get(resource)),
                                        object(resource, attributes)));
        assertThat(refusal).as(sentence).isNotNull();
        assertThat(refusal.faults())
                .as(sentence)
                .extracting(fault -> fault.attribute().orElse(""))
                .containsOnly(attribute);
    }

    @Test
    void takesMulticastThatIsExcluded() {
        assertThatCode(() ->
                        ObjectCheck.forCreate(
                                requireNonNull(RESOURCES.get("profile")),
                                object(
                                        "profile",
                                        "'targetUDPNetworks': ['0.0.0.0/0', '!224.0.0.0/4', '::/0',"
                                                + " '!ff00::/8']")))
                .doesNotThrowAnyException();
    }
}
