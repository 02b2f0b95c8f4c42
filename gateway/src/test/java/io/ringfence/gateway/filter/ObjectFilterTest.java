package io.ringfence.gateway.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ringfence.protocol.filter.FilterParser;
import io.ringfence.protocol.filter.FilterSyntaxException;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ObjectFilterTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    type == Host                                | true
                    type != Host                                | false
                    type == Docker or name matches ["^b", "eb"] | true
                    type == Host and name == db                 | false
                    (type == Host) and (port == 443)            | true
                    port < 443                                  | false
                    port <= 443 and port > 80                   | true
                    version == 5                                | true
                    enabled == true                             | true
                    associatedTags matches "app=.*"             | true
                    associatedTags contains ["app=web", "x=y"]  | true
                    associatedTags not contains ["app=web"]     | false
                    name in [web, db]                           | true
                    name not in [web, db]                       | false
                    updateTime == date("2021-04-07T10:00:00Z")  | true
                    updateTime < date("2021-04-07")             | false
                    description exists                          | false
                    description not exists                      | true
                    nothing == Host                             | false
                    nothing != Host                             | true
                    nothing < 3                                 | false
                    """)
    void accepts(String filter, boolean accepted) throws Exception {
        JsonNode object =
                JSON.readTree(
                        """
                        {"type": "Host", "name": "web", "port": 443, "version": "5", "enabled": true,
                         "description": null, "associatedTags": ["env=dev", "app=web"],
                         "updateTime": "2021-04-07T10:00:00Z"}
                        """);

        assertThat(filter(filter).accepts(object)).isEqualTo(accepted);
    }

    @Test
    void givesUpOnAPatternThatTakesTooLong() throws Exception {
        ObjectFilter filter = filter("name matches '(.*)(.*)(.*)(.*)(.*)(.*)[0-9]'");
        JsonNode object = JSON.readTree("{\"name\": \"" + "a".repeat(60) + "\"}");

        assertThatThrownBy(() -> filter.accepts(object)).isInstanceOf(TooManyStepsException.class);
    }

    private static ObjectFilter filter(String text)
            throws FilterSyntaxException, UnusableFilterException {
        return ObjectFilter.of(FilterParser.parse(text, Clock.systemUTC()));
    }
}
