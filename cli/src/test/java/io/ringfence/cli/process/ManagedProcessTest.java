package io.ringfence.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.cli.stack.Processes;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class ManagedProcessTest {
    @TempDir Path folder;

    private ProcessPlan sleeping(String name) {
        return new ProcessPlan(
                name,
                List.of("sleep", "600"),
                folder.resolve(name + ".log"),
                "",
                new Readiness.Started(),
                Duration.ofSeconds(5),
                true);
    }

    @Test
    void startsAgainWhatWasKilled() throws Exception {
        Semaphore changes = new Semaphore(0);
        ManagedProcess process = new ManagedProcess(sleeping("one"), changes::release);
        process.start();
        long first = process.entry().pid();
        ProcessHandle.of(first).orElseThrow().destroyForcibly();
        while (process.entry().pid() == first) {
            assertThat(changes.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(process.restarts()).isEqualTo(1);
        long second = process.entry().pid();
        process.stop();
        assertThat(Processes.started(second)).isZero();
    }

    @Test
    void doesNotStartAgainWhatWasStopped() throws IOException {
        ManagedProcess process = new ManagedProcess(sleeping("one"), () -> {});
        process.start();
        process.stop();
        assertThat(process.checkReady()).isFalse();
        assertThat(process.restarts()).isZero();
    }

    /// A listener that looks at every process, as the supervisor's does, while all of them end.
    @Test
    void manyThatEndTogetherDoNotWaitForEachOther() throws Exception {
        List<ManagedProcess> processes = new ArrayList<>();
        Object supervisor = new Object();
        Runnable looksAtAll =
                () -> {
                    synchronized (supervisor) {
                        processes.forEach(ManagedProcess::entry);
                    }
                };
        for (int number = 0; number < 12; number++) {
            processes.add(new ManagedProcess(sleeping("p" + number), looksAtAll));
        }
        for (ManagedProcess process : processes) {
            process.start();
        }
        CountDownLatch stopped = new CountDownLatch(processes.size());
        for (ManagedProcess process : processes) {
            Thread.ofVirtual()
                    .start(() -> {
                        process.stop();
                        stopped.countDown();
                    });
        }
        assertThat(stopped.await(20, TimeUnit.SECONDS)).isTrue();
    }
}
