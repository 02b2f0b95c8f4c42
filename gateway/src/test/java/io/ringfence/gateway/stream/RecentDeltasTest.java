package io.ringfence.gateway.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecentDeltasTest {
    private static final int SIZE = RecentDeltas.KEPT_BYTES / 8;

    private final RecentDeltas recent = new RecentDeltas();

    @Test
    void leadsOnFromWhereverSomebodyStopped() {
        hear("a", "1", "2", 10);
        hear("a", "2", "3", 10);
        hear("b", "1", "2", 10);
        assertThat(reached("a", "1")).containsExactly("2", "3");
        assertThat(reached("a", "2")).containsExactly("3");
        assertThat(reached("a", "3")).isEmpty();
        assertThat(reached("a", "0")).isEmpty();
        assertThat(reached("c", "1")).isEmpty();
    }

    @Test
    void whatIsNotAChainLeadsNowhere() {
        hear("a", "1", "2", 10);
        hear("a", "5", "6", 10);
        assertThat(reached("a", "1")).isEmpty();
        assertThat(reached("a", "5")).containsExactly("6");

        recent.heard(update("a", "", "9", 10));
        assertThat(reached("a", "5")).isEmpty();
        hear("a", "9", "10", 10);
        assertThat(reached("a", "9")).containsExactly("10");

        recent.forget();
        assertThat(reached("a", "9")).isEmpty();
    }

    @Test
    void goesNoRoundaboutWay() {
        hear("a", "1", "2", 10);
        hear("a", "2", "1", 10);
        assertThat(reached("a", "1")).isEmpty();
        hear("a", "1", "3", 10);
        assertThat(reached("a", "1")).containsExactly("3");
    }

    @Test
    void forgetsFirstWhoWasNotHeardOfForLongest() {
        for (int number = 0; number < 8; number++) {
            hear("e" + number, "1", "2", SIZE);
        }
        hear("e0", "2", "3", 10);
        assertThat(reached("e1", "1")).isEmpty();
        assertThat(reached("e0", "1")).containsExactly("2", "3");
        assertThat(reached("e2", "1")).containsExactly("2");

        recent.heard(update("e2", "", "9", 10));
        hear("e8", "1", "2", SIZE);
        assertThat(reached("e3", "1")).containsExactly("2");

        hear("huge", "1", "2", 9 * SIZE);
        assertThat(reached("huge", "1")).isEmpty();
        assertThat(reached("e8", "1")).isEmpty();
    }

    private void hear(String enforcer, String from, String to, int bytes) {
        recent.heard(update(enforcer, from, to, bytes));
    }

    private List<String> reached(String enforcer, String from) {
        return recent.after(enforcer, ByteString.copyFromUtf8(from)).stream()
                .map(update -> update.digest().toStringUtf8())
                .toList();
    }

    private static PolicyUpdate update(String enforcer, String from, String to, int bytes) {
        return new PolicyUpdate(
                new PolicyHeader(
                        enforcer,
                        1,
                        ByteString.copyFromUtf8(from),
                        ByteString.copyFromUtf8(to),
                        List.of()),
                new byte[bytes]);
    }
}
