package io.ringfence.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.gateway.route.RequestPath.Reading;
import io.ringfence.gateway.route.Resource.Place.Gone;
import io.ringfence.gateway.route.Resource.Place.Target;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestPathTest {
    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "/, /",
        "/namespaces, /namespaces",
        "/namespaces/, /namespaces",
        "/v/1/namespaces, /namespaces",
        "/v/12/namespaces/5f0, /namespaces/5f0",
        "/.well-known/jwks.json, /.well-known/jwks.json",
        "/networkrulesetpolicies/5f0/processingunits, /networkrulesetpolicies/5f0/processingunits",
    })
    void readsPlainPaths(String raw, String path) {
        assertThat(RequestPath.read(raw))
                .isInstanceOfSatisfying(
                        Reading.Plain.class, plain -> assertThat(plain.path()).hasToString(path));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "an encoded slash, /namespaces%2f5f0",
        "an encoded slash in capitals, /namespaces%2F5f0",
        "an encoded dot, /%2e%2e/internal",
        "anything encoded, /name%73paces",
        "a half escape, /namespaces%",
        "climbing, /namespaces/../internal",
        "climbing at the end, /namespaces/..",
        "a single dot, /./namespaces",
        "an empty segment, /namespaces//5f0",
        "an empty first segment, //namespaces",
        "two slashes at the end, /namespaces//",
        "a path parameter, /namespaces;a=b",
        "a backslash, /namespaces\\5f0",
        "a space, '/name spaces'",
        "a letter that is not ASCII, /näme",
        "a version without a resource, /v/1",
        "a version that is no number, /v/x/namespaces",
        "a version alone, /v",
        "no slash in front, namespaces",
        "an absolute address, http://other/namespaces",
        "nothing, ''",
    })
    void refusesWhatCouldMeanTwoThings(String sentence, String raw) {
        assertThat(RequestPath.read(raw)).as(sentence).isInstanceOf(Reading.Malformed.class);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            textBlock =
                    """
                    /issue                                     | issue                | identity
                    /.well-known/jwks.json                     | jwks                 | identity
                    /namespaces                                | namespace            | identity
                    /namespaces/5f0                            | namespace            | identity
                    /v/1/networkrulesetpolicies/5f0            | networkrulesetpolicy | policy
                    /networkrulesetpolicies/5f0/processingunits | processingunit      | policy
                    /import                                    | import               | policy
                    /metrics                                   | metricsquery         | metrics
                    /reportsquery                              | reportsquery         | metrics
                    /internal/policysnapshots/5f0              | -                    | -
                    /internal                                  | -                    | -
                    /.well-known                               | -                    | -
                    /.well-known/other                         | -                    | -
                    /issue/5f0                                 | -                    | -
                    /authn/5f0                                 | -                    | -
                    /namespaces/5f0/issue                      | -                    | -
                    /namespaces/5f0/nothing                    | -                    | -
                    /namespaces/5f0/enforcers/5f1              | -                    | -
                    /q/health                                  | -                    | -
                    /ns                                        | namespace            | identity
                    /roles                                     | role                 | identity
                    /roles/5f0                                 | -                    | -
                    /healthchecks                              | -                    | -
                    /trustednamespaces                         | -                    | -
                    """)
    void findsTheResource(String raw, String identity, String service) {
        if (!(RequestPath.read(raw) instanceof Reading.Plain(RequestPath path))) {
            throw new AssertionError(raw + " is malformed");
        }

        String found =
                Resource.at(path) instanceof Target(Resource resource, String permitted)
                        ? permitted + " of " + resource.service().key()
                        : null;

        assertThat(found).isEqualTo(identity == null ? null : identity + " of " + service);
    }

    @Test
    void saysThatAResourceIsGone() {
        for (String path :
                List.of(
                        "/sshauthorizationpolicies",
                        "/sshauthorizationpolicies/5f0",
                        "/processingunits/5f0/vulnerabilities")) {
            RequestPath read = new RequestPath(List.of(path.substring(1).split("/")));
            assertThat(Resource.at(read)).as(path).isInstanceOf(Gone.class);
        }
    }
}
