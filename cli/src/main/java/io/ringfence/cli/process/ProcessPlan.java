package io.ringfence.cli.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// How one process is started, where it answers, and how to tell that it is ready.
///
/// @param restarted whether the supervisor starts it again when it ends by itself
public record ProcessPlan(
        String name,
        List<String> command,
        Path log,
        String url,
        Readiness readiness,
        Duration stopsWithin,
        boolean restarted) {}
