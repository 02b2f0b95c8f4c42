package io.ringfence.contracts.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringfence.contracts.index.Entry.Retired;
import io.ringfence.contracts.index.Entry.Served;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResourceIndexTest {
    @ParameterizedTest(name = "/{0}")
    @CsvSource({
        "namespaces, namespace, IDENTITY, AUTHORIZED",
        "ns, namespace, IDENTITY, AUTHORIZED",
        "issue, issue, IDENTITY, OPEN",
        "authn, authn, IDENTITY, AUTHENTICATED",
        "networkrulesetpolicies, networkrulesetpolicy, POLICY, AUTHORIZED",
        "netrulesets, networkrulesetpolicy, POLICY, AUTHORIZED",
        "metrics, metricsquery, METRICS, AUTHORIZED",
        "metricsquery, metricsquery, METRICS, AUTHORIZED",
        "reportsquery, reportsquery, METRICS, AUTHORIZED",
        "reportsqueries, reportsquery, METRICS, AUTHORIZED",
        "statsquery, statsquery, METRICS, AUTHORIZED",
        "healthchecks, healthcheck, GATEWAY, OPEN",
    })
    void findsAPathInEverySpelling(String segment, String identity, Owner owner, Access access) {
        assertThat(ResourceIndex.console().at(segment))
                .get()
                .isInstanceOfSatisfying(
                        Served.class,
                        served -> {
                            assertThat(served.identity()).isEqualTo(identity);
                            assertThat(served.owner()).isEqualTo(owner);
                            assertThat(served.access()).isEqualTo(access);
                        });
    }

    @Test
    void hasNoPathForWhatIsBetweenTheParts() {
        for (String segment : List.of("internal", "q", "", "v", "namespace", "NAMESPACES")) {
            assertThat(ResourceIndex.console().at(segment)).as(segment).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sshauthorizationpolicies",
                "sshidentities",
                "auditprofiles",
                "fileaccesspolicies",
                "isolationprofiles",
                "vulnerabilities",
                "vulns",
                "apps",
                "plans"
            })
    void saysWhatReplacedWhatIsGone(String segment) {
        assertThat(ResourceIndex.console().at(segment))
                .get()
                .isInstanceOfSatisfying(
                        Retired.class,
                        retired -> assertThat(retired.explanation()).contains(". ").endsWith("."));
    }

    @Test
    void writesIdentitiesAndPathsLikeTheApi() {
        assertThat(ResourceIndex.console().entries())
                .allSatisfy(entry -> {
                    assertThat(entry.identity()).matches("[a-z]+");
                    assertThat(entry.segments()).isNotEmpty();
                    assertThat(entry.segments())
                            .allMatch(each -> each.matches("[a-z]+|\\.well-known"));
                });
    }

    @Test
    void refusesTwoMeaningsOfOnePath() {
        assertThatThrownBy(() -> ResourceIndex.read("[policy]\nopen a x\nopen b x"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("/x");
        assertThatThrownBy(() -> ResourceIndex.read("[policy]\nopen a x\nopen a y"))
                .isInstanceOf(IllegalStateException.class);
    }
}
