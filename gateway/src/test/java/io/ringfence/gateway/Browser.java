package io.ringfence.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Chromium without a window. Where there is none, a test that needs it is skipped.
final class Browser {
    private static final int PATIENCE_SECONDS = 60;

    private final Path program;

    private Browser(Path program) {
        this.program = program;
    }

    static Browser find() {
        Optional<Path> program =
                Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser")
                        .map(Path::of)
                        .filter(Files::isExecutable)
                        .findFirst();
        assumeTrue(program.isPresent(), "Chromium is missing; run: apt-get install chromium");
        return new Browser(program.get());
    }

    /// A page as it is once its scripts have come to rest.
    ///
    /// @param html of what stands in the window then
    /// @param console what the scripts and the browser said about it: errors, and what the page's
    ///   own policy forbade
    record Page(String html, List<String> console) {}

    /// @param folder for what the browser keeps
    Page open(URI page, Path folder) throws IOException, InterruptedException {
        Path html = folder.resolve("page.html");
        Path log = folder.resolve("browser.log");
        Process process =
                new ProcessBuilder(
                                program.toString(),
                                "--headless",
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-quic",
                                "--no-first-run",
                                "--disable-background-networking",
                                "--disable-component-update",
                                "--disable-sync",
                                "--user-data-dir=" + folder.resolve("profile"),
                                "--enable-logging=stderr",
                                "--log-level=0",
                                "--virtual-time-budget=20000",
                                "--dump-dom",
                                page.toString())
                        .redirectOutput(html.toFile())
                        .redirectError(log.toFile())
                        .start();
        try {
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .as("the browser is done")
                    .isTrue();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).as(Files.readString(log)).isZero();
        try (Stream<String> lines = Files.lines(log)) {
            return new Page(
                    Files.readString(html),
                    lines.filter(line -> line.contains(":CONSOLE")).toList());
        }
    }
}
