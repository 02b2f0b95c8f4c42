package io.ringfence.policy.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.protocol.body.BodyFormat;
import io.ringfence.protocol.declaration.ObjectCheck;
import io.ringfence.protocol.declaration.ResourceDeclaration;
import io.ringfence.protocol.error.ApiException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeclarationsTest {
    private static final ResourceDeclaration RULESET = new PolicyResources().rulesets();
    private static final ResourceDeclaration NETWORK = new PolicyResources().externalNetworks();
    private static final ResourceDeclaration UNIT = new WorkloadResources().processingUnits();

    private static ObjectNode json(String text) {
        return BodyFormat.JSON.readObject(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void takesTheSampleOfTheReference() {
        ObjectNode sample =
                json(
                        """
                        {'name': 'frontend',
                         'subject': [['@org:tenant=acme', '@org:group=prod', 'app=frontend']],
                         'incomingRules': [
                           {'action': 'Allow', 'object': [['externalnetwork:name=internet']],
                            'protocolPorts': ['tcp/443'], 'logsDisabled': false,
                            'observationEnabled': false}],
                         'outgoingRules': [
                           {'action': 'Allow', 'object': [['@org:group=prod', 'app=api']],
                            'protocolPorts': ['tcp/8080:8090']}],
                         'propagate': false}
                        """);
        assertThatCode(() -> ObjectCheck.forCreate(RULESET, sample)).doesNotThrowAnyException();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    port 0                     | 'protocolPorts': ['tcp/0']
                    port 65536                 | 'protocolPorts': ['tcp/65536']
                    a reversed range           | 'protocolPorts': ['udp/20:10']
                    tcp without a port         | 'protocolPorts': ['tcp']
                    any beside others          | 'protocolPorts': ['any', 'tcp/80']
                    a port of a portless one   | 'protocolPorts': ['gre/1']
                    an unknown protocol        | 'protocolPorts': ['tpc/80']
                    an unknown action          | 'action': 'Continue'
                    a long name                | 'name': '12345678901234567'
                    an empty clause            | 'object': [[]]
                    a term that is no tag      | 'object': [['app']]
                    a term twice               | 'object': [['a=b', 'a=b']]
                    a clause that is no list   | 'object': ['a=b']
                    """)
    void refusesRules(String sentence, String attribute) {
        ObjectNode ruleset =
                json(
                        "{'name': 'r', 'subject': [['a=b']], 'incomingRules': [{%s}]}"
                                .formatted(attribute));
        ApiException refusal =
                catchThrowableOfType(
                        ApiException.class, () -> ObjectCheck.forCreate(RULESET, ruleset));

        assertThat(refusal).as(sentence).isNotNull();
        assertThat(refusal.faults().getFirst().attribute()).contains("incomingRules");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    no subject                 | {'name': 'r'}
                    an empty subject           | {'name': 'r', 'subject': []}
                    a subject without =        | {'name': 'r', 'subject': [['app']]}
                    a tag that looks like another | {'name': 'r', 'subject': [['\u0430pp=web']]}
                    a prefix with what nobody sees | {'name': 'r', 'subject': [['app=w\u200b*']]}
                    """)
    void refusesSubjects(String sentence, String body) {
        ApiException refusal =
                catchThrowableOfType(
                        ApiException.class, () -> ObjectCheck.forCreate(RULESET, json(body)));
        assertThat(refusal).as(sentence).isNotNull();
        assertThat(refusal.faults().getFirst().attribute()).contains("subject");
    }

    @Test
    void boundsExpressions() {
        String clauses = "['a=b'],".repeat(10_000);
        ObjectNode ruleset =
                json(
                        "{'name': 'r', 'subject': [%s]}"
                                .formatted(clauses.substring(0, clauses.length() - 1)));
        assertThat(
                        catchThrowableOfType(
                                ApiException.class, () -> ObjectCheck.forCreate(RULESET, ruleset)))
                .hasMessageContaining("more than 1000");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    no entries                 | []
                    an uncovered exclusion     | ['10.0.0.0/8', '!11.0.0.0/8']
                    an exclusion in an exclusion | ['10.0.0.0/8', '!10.1.0.0/16', '!10.1.2.0/24']
                    an exclusion of the other family | ['10.0.0.0/8', '!fd00::/8']
                    the same CIDR twice        | ['10.0.0.0/8', '10.0.0.0/8']
                    an address that is none    | ['10.0.0.256']
                    two wildcards              | ['*.*.example.com']
                    """)
    void refusesEntries(String sentence, String entries) {
        ObjectNode network = json("{'name': 'n', 'entries': %s}".formatted(entries));
        ApiException refusal =
                catchThrowableOfType(
                        ApiException.class, () -> ObjectCheck.forCreate(NETWORK, network));
        assertThat(refusal).as(sentence).isNotNull();
        assertThat(refusal.faults().getFirst().attribute()).contains("entries");
    }

    @ParameterizedTest(name = "{0} belongs to nobody")
    @CsvSource({
        "127.0.0.1",
        "::1",
        "169.254.1.1",
        "fe80::1",
        "224.0.0.1",
        "ff02::1",
        "0.0.0.0",
        "::",
        "db.example",
        "10.0.0.0/8",
        "1"
    })
    void refusesAddresses(String address) {
        ObjectNode unit = json("{'name': 'u', 'addresses': ['%s']}".formatted(address));
        ApiException refusal =
                catchThrowableOfType(ApiException.class, () -> ObjectCheck.forCreate(UNIT, unit));
        assertThat(refusal).isNotNull();
        assertThat(refusal.faults().getFirst().attribute()).contains("addresses");
    }
}
