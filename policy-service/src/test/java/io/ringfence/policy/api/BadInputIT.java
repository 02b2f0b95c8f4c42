package io.ringfence.policy.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.ringfence.policy.PolicyClient;
import io.ringfence.testkit.service.ConsoleServers;
import java.net.http.HttpResponse;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a client gets for policies that cannot be meant: the error array, in which the attribute is
/// named, and nothing stored. What is refused in all is [BadInputTest]'s.
@QuarkusTest
@QuarkusTestResource(ConsoleServers.class)
class BadInputIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final PolicyClient client = PolicyClient.in("/badinput");

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    a Cyrillic letter in a Latin word | networkrulesetpolicies | 'subject': [['\u0430pp=web']]                                    | subject
                    fullwidth letters                 | networkrulesetpolicies | 'subject': [['\uff41\uff50\uff50=web']]                          | subject
                    an invisible space                | networkrulesetpolicies | 'subject': [['app=we\u200bb']]                                    | subject
                    a look-alike in a rule            | networkrulesetpolicies | 'subject': [['a=b']], 'incomingRules': [{'action': 'Allow', 'object': [['app=w\u0435b']]}] | incomingRules
                    a look-alike of a tag             | externalnetworks       | 'entries': ['10.0.0.0/8'], 'associatedTags': ['net=c\u043erp']    | associatedTags
                    10,000 clauses in a subject       | networkrulesetpolicies | 'subject': CLAUSES                                                | subject
                    10,000 clauses in a rule          | networkrulesetpolicies | 'subject': [['a=b']], 'outgoingRules': [{'action': 'Allow', 'object': CLAUSES}] | outgoingRules
                    10,000 clauses in a mapping       | enforcerprofilemappingpolicies | 'subject': [['a=b']], 'object': CLAUSES                   | object
                    10,000 tags in a clause           | networkrulesetpolicies | 'subject': [TAGS]                                                 | subject
                    a subject without =               | networkrulesetpolicies | 'subject': [['web']]                                              | subject
                    port 0                            | networkrulesetpolicies | 'subject': [['a=b']], 'incomingRules': [{'action': 'Allow', 'object': [['a=b']], 'protocolPorts': ['tcp/0']}] | incomingRules
                    a reversed range                  | networkrulesetpolicies | 'subject': [['a=b']], 'incomingRules': [{'action': 'Allow', 'object': [['a=b']], 'protocolPorts': ['tcp/90:80']}] | incomingRules
                    an exclusion outside everything   | externalnetworks       | 'entries': ['10.0.0.0/8', '!11.0.0.0/8']                          | entries
                    """)
    void isRefusedByTheService(
            String sentence, String resource, String attributes, String attribute)
            throws JsonProcessingException {
        String body =
                "{'name': 'bad', %s}"
                        .formatted(
                                attributes
                                        .replace("CLAUSES", list("['a=%d']"))
                                        .replace("TAGS", list("'a=%d'")));

        HttpResponse<String> answer = client.http().post("/" + resource, PolicyClient.json(body));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
        for (JsonNode error : JSON.readTree(answer.body())) {
            assertThat(error.path("data").path("attribute").asText())
                    .as(error.toString())
                    .isEqualTo(attribute);
            assertThat(error.path("code").asInt()).isEqualTo(422);
            assertThat(error.path("description").asText()).hasSizeBetween(1, 1_000);
        }
        assertThat(client.names("/" + resource)).isEmpty();
    }

    private static String list(String pattern) {
        return IntStream.range(0, 10_000)
                .mapToObj(pattern::formatted)
                .collect(Collectors.joining(",", "[", "]"));
    }
}
