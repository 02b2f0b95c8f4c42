package io.ringfence.enforcer.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.contracts.flow.EndpointType;
import io.ringfence.contracts.flow.FlowAction;
import io.ringfence.contracts.flow.Side;
import io.ringfence.enforcer.observe.Endpoint;
import io.ringfence.enforcer.observe.FlowKey;
import io.ringfence.enforcer.observe.Judgement;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FlowFolderTest {
    private static final Duration TEN_SECONDS = Duration.ofSeconds(10);
    private static final long NOON = 1_800_000_000_000L;

    @Test
    void countsEqualKeysOfOneWindowTogether() {
        FlowFolder folder = new FlowFolder(TEN_SECONDS, 100, 0, at(NOON + 3_000));
        folder.add(flow(80), NOON + 4_000);
        folder.add(flow(80), NOON + 9_999);
        folder.add(flow(81), NOON + 9_999);
        assertThat(folder.takeClosed(at(NOON + 9_999))).isEmpty();
        assertThat(folder.takeClosed(at(NOON + 10_000)))
                .containsExactly(
                        new FlowWindow(
                                NOON, NOON + 10_000, Map.of(flow(80), 2L, flow(81), 1L), 0, false));
    }

    @Test
    void aFlowAfterTheEndOpensTheNextWindow() {
        FlowFolder folder = new FlowFolder(TEN_SECONDS, 100, 0, at(NOON));
        folder.add(flow(80), NOON);
        folder.add(flow(80), NOON + 10_000);
        folder.add(flow(80), NOON + 35_000);
        assertThat(folder.takeAll(at(NOON + 36_000)))
                .extracting(FlowWindow::startMillis)
                .containsExactly(NOON, NOON + 10_000, NOON + 30_000);
    }

    @Test
    void sendsNoWindowAboutNothing() {
        FlowFolder folder = new FlowFolder(TEN_SECONDS, 100, 0, at(NOON));
        assertThat(folder.takeClosed(at(NOON + 60_000))).isEmpty();
    }

    @Test
    void neverUsesAWindowAgainThatAnEarlierProcessSent() {
        FlowFolder folder = new FlowFolder(TEN_SECONDS, 100, NOON + 10_000, at(NOON + 4_000));
        folder.add(flow(80), NOON + 5_000);
        assertThat(folder.takeClosed(at(NOON + 10_000))).isEmpty();
        assertThat(folder.takeClosed(at(NOON + 20_000)))
                .extracting(FlowWindow::startMillis)
                .containsExactly(NOON + 10_000);
    }

    @Test
    void keepsRisingWhenTheClockIsSetBackAndCatchesUp() {
        FlowFolder folder = new FlowFolder(TEN_SECONDS, 100, 0, at(NOON));
        List<FlowWindow> windows = new ArrayList<>();
        long offset = 0;
        for (int second = 0; second < 600; second++) {
            if (second == 100) {
                offset = -60_000;
            }
            long wall = NOON + second * 1_000 + offset;
            folder.add(flow(80), wall);
            windows.addAll(folder.takeClosed(new Moment(wall, second * 1_000_000_000L)));
        }
        assertStrictlyRising(windows);
        assertThat(windows.stream().filter(FlowWindow::afterClockStep)).hasSize(1);
        assertThat(windows.getLast().endMillis())
                .isBetween(NOON + 600_000 - 60_000 - 20_000, NOON + 600_000 - 60_000 + 10_000);
    }

    @Test
    void believesAClockThatWasFarAheadAtOnce() {
        FlowFolder folder = new FlowFolder(TEN_SECONDS, 100, NOON + 3_600_000, at(NOON));
        folder.add(flow(80), NOON);
        assertThat(folder.takeAll(at(NOON + 1)))
                .extracting(FlowWindow::startMillis)
                .containsExactly(NOON);
    }

    @Test
    void marksTheFirstWindowAfterTheClockWasSetForward() {
        FlowFolder folder = new FlowFolder(TEN_SECONDS, 100, 0, new Moment(NOON, 0));
        folder.add(flow(80), NOON);
        List<FlowWindow> before = folder.takeClosed(new Moment(NOON + 3_600_000, 1_000_000_000));
        folder.add(flow(80), NOON + 3_600_000);
        List<FlowWindow> after = folder.takeClosed(new Moment(NOON + 3_610_000, 11_000_000_000L));
        assertThat(before).extracting(FlowWindow::afterClockStep).containsExactly(false);
        assertThat(after).extracting(FlowWindow::afterClockStep).containsExactly(true);
        assertThat(after).extracting(FlowWindow::startMillis).containsExactly(NOON + 3_600_000);
    }

    @Test
    void countsKeysBeyondTheLimitUnderOneOverflowKey() {
        FlowFolder folder = new FlowFolder(TEN_SECONDS, 5, 0, at(NOON));
        for (int port = 0; port < 50; port++) {
            folder.add(flow(port * 7), NOON);
        }
        FlowWindow window = folder.takeAll(at(NOON + 1)).getFirst();
        assertThat(window.counts()).hasSize(6).containsEntry(Overflow.of(flow(0)), 45L);
        assertThat(window.flows()).isEqualTo(50);
        assertThat(Overflow.of(flow(1)).destination()).isEqualTo(flow(1).destination());
    }

    @Test
    void countsWhatItMustDiscardWhenNobodyTakesTheWindows() {
        FlowFolder folder = new FlowFolder(TEN_SECONDS, 5, 0, at(NOON));
        int all = FlowFolder.UNTAKEN_LIMIT + 7;
        for (int i = 0; i < all; i++) {
            folder.add(flow(80), NOON + i * 10_000L);
        }
        List<FlowWindow> taken = new ArrayList<>(folder.takeAll(at(NOON + all * 10_000L)));
        folder.add(flow(80), NOON + (all + 1) * 10_000L);
        taken.addAll(folder.takeAll(at(NOON + (all + 2) * 10_000L)));
        assertThat(taken.stream().mapToLong(w -> w.flows() + w.discarded()).sum())
                .isEqualTo(all + 1);
    }

    /// Random traffic, ticks, clock steps and restarts: no flow is lost or counted twice, and no
    /// two windows share their end.
    @Test
    void keepsEveryFlowOnceAndWindowsStrictlyRising() {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            long wall = NOON + random.nextInt(10_000);
            long latest = wall;
            long nanos = 0;
            FlowFolder folder = new FlowFolder(TEN_SECONDS, 8, 0, new Moment(wall, nanos));
            List<FlowWindow> windows = new ArrayList<>();
            Map<FlowAction, Long> truth = new HashMap<>();
            for (int step = 0; step < 400; step++) {
                int millis = random.nextInt(3_000);
                wall += millis;
                latest = Math.max(latest, wall);
                nanos += millis * 1_000_000L;
                if (random.nextInt(50) == 0) {
                    wall = Math.max(wall + random.nextInt(-60_000, 60_000), latest - 60_000);
                }
                if (random.nextInt(150) == 0) {
                    windows.addAll(folder.takeAll(new Moment(wall, nanos)));
                    long lastEnd = windows.isEmpty() ? 0 : windows.getLast().endMillis();
                    folder = new FlowFolder(TEN_SECONDS, 8, lastEnd, new Moment(wall, nanos));
                }
                for (int flows = random.nextInt(5); flows > 0; flows--) {
                    FlowKey flow = flow(random.nextInt(12));
                    folder.add(flow, wall - random.nextInt(100));
                    truth.merge(flow.judgement().action(), 1L, Long::sum);
                }
                windows.addAll(folder.takeClosed(new Moment(wall, nanos)));
            }
            windows.addAll(folder.takeAll(new Moment(wall, nanos)));
            Map<FlowAction, Long> counted = new HashMap<>();
            windows.forEach(window ->
                    window.counts()
                            .forEach((key, count) ->
                                    counted.merge(key.judgement().action(), count, Long::sum)));
            assertThat(counted).isEqualTo(truth);
            assertStrictlyRising(windows);
        }
    }

    private static void assertStrictlyRising(List<FlowWindow> windows) {
        assertThat(windows)
                .allSatisfy(window -> {
                    assertThat(window.startMillis() % 10_000).isZero();
                    assertThat(window.endMillis()).isEqualTo(window.startMillis() + 10_000);
                });
        for (int i = 1; i < windows.size(); i++) {
            assertThat(windows.get(i).startMillis())
                    .isGreaterThanOrEqualTo(windows.get(i - 1).endMillis());
        }
    }

    private static Moment at(long millis) {
        return new Moment(millis, (millis - NOON) * 1_000_000);
    }

    private static FlowKey flow(int port) {
        return new FlowKey(
                Side.DESTINATION,
                6,
                InetAddress.ofLiteral("10.77.0.4"),
                InetAddress.ofLiteral("10.77.0.5"),
                port,
                new Endpoint(EndpointType.EXTERNAL_NETWORK, Endpoint.SOMEWHERE, ""),
                new Endpoint(EndpointType.PROCESSING_UNIT, "65f0c0ffee0000000000000a", "/acme"),
                new Judgement(
                        port % 7 == 6 ? FlowAction.REJECT : FlowAction.ACCEPT,
                        "default",
                        "",
                        "/acme",
                        "",
                        FlowAction.FLOW_ACTION_UNSPECIFIED,
                        "",
                        ""),
                true);
    }
}
