package io.ringfence.cli.stack;

import io.ringfence.cli.UserError;
import java.util.List;

/// Where a stack's processes listen: fixed distances from one base. Everything stays between the
/// base and the base plus 999.
public record Ports(int base) {
    public static final int DEFAULT_BASE = 8000;

    public Ports {
        if (base < 1024 || base > 64000) {
            throw new UserError(
                    "--port-base must lie between 1024 and 64000; " + base + " does not.");
        }
    }

    public int apiLoopback() {
        return base + 80;
    }

    public int apiTls() {
        return base + 443;
    }

    public int kafkaInternal() {
        return base + 92;
    }

    public int kafkaEnforcers() {
        return base + 93;
    }

    public int kafkaController() {
        return base + 94;
    }

    public int jwks() {
        return base + 100;
    }

    public int postgres() {
        return base + 432;
    }

    public int victoriaMetrics() {
        return base + 428;
    }

    /// Services in a fixed order: gateway 0, identity 1, policy 2, flow-ingest 3, metrics 4.
    public int service(int number) {
        return base + 100 + number;
    }

    public int management(int number) {
        return base + 200 + number;
    }

    public List<Integer> all() {
        return List.of(
                apiLoopback(),
                apiTls(),
                kafkaInternal(),
                kafkaEnforcers(),
                kafkaController(),
                jwks(),
                postgres(),
                victoriaMetrics(),
                service(1),
                service(2),
                service(4),
                management(0),
                management(1),
                management(2),
                management(3),
                management(4));
    }
}
