package io.ringfence.cli.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnforcementCommandsTest {
    private static final String ENFORCED =
            "{\"revision\":812,\"status\":\"Enforced\",\"text\":\"revision 812 enforced on 2 of 2\",\"unsettled\":[]}";
    private static final String DELIVERING =
            "{\"revision\":812,\"status\":\"Delivering\",\"text\":\"revision 812 enforced on 1 of 2, 1 pending\",\"unsettled\":[{\"ID\":\"e2\",\"name\":\"host-17\",\"namespace\":\"/acme\",\"status\":\"Pending\",\"version\":5}]}";
    private static final String REFUSED =
            "{\"revision\":812,\"status\":\"Refused\",\"text\":\"revision 812 enforced on 1 of 2, 1 refused\",\"unsettled\":[{\"ID\":\"e2\",\"name\":\"host-17\",\"namespace\":\"/acme\",\"status\":\"Refused\",\"version\":5,\"error\":\"no room\"}]}";

    private final Deque<String> statuses = new ArrayDeque<>(List.of(ENFORCED));
    private final ByteArrayOutputStream complaints = new ByteArrayOutputStream();
    private final PrintStream before = System.err;
    private FakeConsole console;
    @TempDir private Path folder;

    @BeforeEach
    void serve() throws IOException {
        console =
                new FakeConsole(
                        folder,
                        call -> call.target().startsWith("/enforcementstatus") ? status() : "{}");
        System.setErr(new PrintStream(complaints, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void stop() {
        System.setErr(before);
        console.close();
    }

    /// The last one again and again.
    private String status() {
        return statuses.size() > 1 ? statuses.removeFirst() : statuses.getFirst();
    }

    private void answers(String... inTurn) {
        statuses.clear();
        statuses.addAll(List.of(inTurn));
    }

    @Test
    void saysHowFarEnforcementIs() {
        answers(DELIVERING);
        assertThat(console.run(new PolicyCommands(), "status", "-n", "/acme")).isZero();
        assertThat(console.text())
                .startsWith("revision 812 enforced on 1 of 2, 1 pending\n")
                .contains("host-17", "Pending");
        assertThat(console.calls())
                .extracting(FakeConsole.Call::target)
                .containsExactly("/enforcementstatus?wait=0ms");
    }

    @Test
    void waitsForTheRevisionThatWasNewestWhenItBegan() {
        answers(DELIVERING, DELIVERING, ENFORCED);
        assertThat(console.run(new PolicyCommands(), "status", "--wait", "-n", "/acme")).isZero();
        assertThat(console.text()).isEqualTo("revision 812 enforced on 2 of 2\n");
        assertThat(console.calls()).hasSize(3);
        assertThat(console.calls().getFirst().target())
                .isEqualTo("/enforcementstatus?wait=10000ms");
        assertThat(console.calls().getLast().target())
                .startsWith("/enforcementstatus?revision=812&wait=");
    }

    @Test
    void waitsForARevisionByItsNumber() {
        assertThat(console.run(new PolicyCommands(), "status", "--wait", "800", "-n", "/acme"))
                .isZero();
        assertThat(console.calls().getFirst().target())
                .startsWith("/enforcementstatus?revision=800&wait=");
    }

    @Test
    void failsWhenTheTimeIsOverAndNamesWhoIsLate() {
        answers(DELIVERING);
        assertThat(
                        console.run(
                                new PolicyCommands(),
                                "status",
                                "--wait",
                                "--timeout",
                                "300ms",
                                "-n",
                                "/acme"))
                .isEqualTo(Enforcement.NOT_ENFORCED);
        assertThat(complaints.toString(StandardCharsets.UTF_8))
                .contains("not enforced after 300ms", "host-17 in /acme: Pending");
    }

    @Test
    void anImportReturnsWhenItIsEnforced() throws IOException {
        answers(DELIVERING, ENFORCED);
        assertThat(runImport("--wait")).isZero();
        assertThat(console.calls())
                .extracting(call -> call.target().replaceFirst("\\?.*", ""))
                .containsExactly("/import", "/enforcementstatus", "/enforcementstatus");
        assertThat(complaints.toString(StandardCharsets.UTF_8))
                .contains("/acme: revision 812 enforced on 2 of 2");
    }

    @Test
    void anImportFailsAtOnceWhenAnEnforcerRefuses() throws IOException {
        answers(REFUSED);
        assertThat(runImport("--wait")).isEqualTo(Enforcement.NOT_ENFORCED);
        assertThat(console.calls()).hasSize(2);
        assertThat(complaints.toString(StandardCharsets.UTF_8))
                .contains("host-17 in /acme: Refused: no room");
    }

    @Test
    void aPlanChangesNothingAndAwaitsNothing() throws IOException {
        assertThat(runImport("--wait", "--plan")).isZero();
        assertThat(console.calls()).hasSize(1);
    }

    @Test
    void changesOfPolicyCanBeAwaitedAndOthersAreNotMade() {
        assertThat(api("create", "extnet", "-k", "name=dns", "--wait")).isZero();
        assertThat(api("update", "extnet", "5f0000000000000000000001", "-k", "name=a", "--wait"))
                .isZero();
        assertThat(api("delete", "extnet", "5f0000000000000000000001", "--wait")).isZero();
        assertThat(console.calls())
                .extracting(FakeConsole.Call::method)
                .containsExactly("POST", "GET", "PATCH", "GET", "DELETE", "GET");

        assertThat(api("create", "namespaces", "-k", "name=web", "--wait")).isNotZero();
        assertThat(console.calls()).hasSize(6);
    }

    @Test
    void aDurationThatIsNoneStopsBeforeAnythingIsChanged() throws IOException {
        assertThat(runImport("--wait", "--timeout", "soon")).isNotZero();
        assertThat(console.calls()).isEmpty();
    }

    private int api(String... arguments) {
        return console.run(new ApiCommands(), arguments);
    }

    private int runImport(String... more) throws IOException {
        Path file =
                Files.writeString(
                        folder.resolve("document.yaml"), "APIVersion: 1\nlabel: shop\ndata: {}\n");
        List<String> arguments =
                new java.util.ArrayList<>(List.of("import", "-f", file.toString(), "-n", "/acme"));
        arguments.addAll(List.of(more));
        return api(arguments.toArray(String[]::new));
    }
}
