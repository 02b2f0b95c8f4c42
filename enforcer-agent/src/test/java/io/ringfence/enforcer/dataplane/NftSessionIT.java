package io.ringfence.enforcer.dataplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ringfence.enforcer.lab.Cable;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NftSessionIT {
    private Cable cable;
    private Transactions transactions;

    @BeforeEach
    void lay() throws Exception {
        cable = Cable.lay();
        transactions = new Transactions();
    }

    @AfterEach
    void cut() throws Exception {
        transactions.close();
        cable.close();
    }

    @Test
    void tellsOneTransactionAfterTheOtherToTheSameProcess() throws Exception {
        assertThat(apply("add table inet one\n").succeeded()).isTrue();
        List<Long> first = sessions();
        assertThat(first).hasSize(1);
        assertThat(apply("add table inet two\nadd table inet three\n").succeeded()).isTrue();
        assertThat(tables()).contains("inet one", "inet two", "inet three");
        assertThat(sessions()).isEqualTo(first);
    }

    @Test
    void aTransactionIsWholeOrNothingAndSaysWhy() throws Exception {
        Nft.Answer unknown = apply("add table inet one\nadd chain inet nowhere x\n");
        assertThat(unknown.succeeded()).isFalse();
        assertThat(unknown.reason()).contains("No such file or directory", "nowhere");
        Nft.Answer nonsense = apply("add table inet one\nnonsense\n");
        assertThat(nonsense.succeeded()).isFalse();
        assertThat(nonsense.reason()).contains("syntax error", "nonsense");
        assertThat(tables()).doesNotContain("inet one");
        assertThat(apply("add table inet one\n").succeeded()).isTrue();
        assertThat(tables()).contains("inet one");
    }

    @Test
    void seesWhatOthersHaveChanged() throws Exception {
        apply("add table inet one\n");
        cable.near().command("nft delete table inet one");
        assertThat(apply("add chain inet one x\n").succeeded()).isFalse();
        cable.near().command("nft add table inet one");
        assertThat(apply("add chain inet one x\n").succeeded()).isTrue();
    }

    @Test
    void aTransactionMayBeLong() throws Exception {
        String elements =
                IntStream.range(0, 60_000)
                        .mapToObj(number ->
                                "10.%d.%d.%d"
                                        .formatted(number >> 16, number >> 8 & 255, number & 255))
                        .collect(Collectors.joining(",\n"));
        String script =
                "add table inet one\nadd set inet one s { type ipv4_addr; }\nadd element inet one s {\n"
                        + elements
                        + "\n}\n";
        assertThat(apply(script).succeeded()).isTrue();
        assertThat(cable.near().command("nft get element inet one s { 10.0.234.95 }"))
                .contains("10.0.234.95");
    }

    @Test
    void aProcessThatEndsIsNoticedAndReplaced() throws Exception {
        apply("add table inet one\n");
        ProcessHandle session = ProcessHandle.of(sessions().getFirst()).orElseThrow();
        session.destroyForcibly();
        session.onExit().join();
        assertThatThrownBy(() -> apply("add table inet two\n"))
                .isInstanceOf(DataplaneException.class);
        assertThat(apply("add table inet three\n").succeeded()).isTrue();
        assertThat(tables()).contains("inet one", "inet three").doesNotContain("inet two");
    }

    @Test
    void leavesNothingBehind() throws Exception {
        apply("add table inet one\n");
        List<Long> open = sessions();
        transactions.close();
        await().atMost(Duration.ofSeconds(10))
                .until(() -> open.stream().noneMatch(pid -> ProcessHandle.of(pid).isPresent()));
    }

    @Test
    void aCommandThatCannotBeTalkedToIsNoSession() {
        assertThatThrownBy(() -> NftSession.open("cat")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> NftSession.open("/nowhere/nft")).isInstanceOf(IOException.class);
    }

    private Nft.Answer apply(String script) throws Exception {
        return cable.near().call(() -> transactions.apply(script));
    }

    private String tables() throws Exception {
        return cable.near().command("nft list tables");
    }

    private static List<Long> sessions() {
        return ProcessHandle.current()
                .children()
                .filter(child -> child.info().commandLine().orElse("").endsWith("nft -i"))
                .map(ProcessHandle::pid)
                .toList();
    }
}
