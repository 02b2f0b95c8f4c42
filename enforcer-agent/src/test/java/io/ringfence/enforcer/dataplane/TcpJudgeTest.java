package io.ringfence.enforcer.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.enforcer.dataplane.TcpJudge.Verdict;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TcpJudgeTest {
    @ParameterizedTest(name = "{0} and {1}: rejected {2}")
    @CsvSource({
        "REJECT, ALLOW, true",
        "ALLOW, REJECT, true",
        "ALLOW_BY_DEFAULT, REJECT, true",
        "ALLOW, REJECT_BY_DEFAULT, false",
        "REJECT_BY_DEFAULT, ALLOW, false",
        "ALLOW_BY_DEFAULT, ALLOW_BY_DEFAULT, false",
        "ALLOW_BY_DEFAULT, REJECT_BY_DEFAULT, true",
        "REJECT_BY_DEFAULT, ALLOW_BY_DEFAULT, true",
    })
    void asksBothOrientationsOfAMidstreamConnection(
            Verdict incoming, Verdict outgoing, boolean rejected) {
        assertThat(TcpJudge.rejectsMidstream(incoming, outgoing)).isEqualTo(rejected);
    }
}
