package io.ringfence.contracts.topic;

/// Where a record goes. Fixed when an installation is made: growing the number later would
/// resurrect old values of compacted topics.
public final class Partitioning {
    /// Partitions of every topic in a single-machine installation.
    public static final int SINGLE_MACHINE = 4;

    /// Partitions of every topic otherwise.
    public static final int CLUSTER = 64;

    private Partitioning() {}

    /// Objects are partitioned by tenant: the first namespace below `/`. Objects of `/` itself are
    /// in partition 0, which everyone reads.
    public static int ofNamespace(String namespace, int partitions) {
        String tenant = tenantOf(namespace);
        if (tenant.isEmpty()) {
            return 0;
        }
        return Math.floorMod(tenant.hashCode(), partitions);
    }

    /// `acme` of `/acme/shop`; empty for `/`.
    public static String tenantOf(String namespace) {
        if (!namespace.startsWith("/") || namespace.length() == 1) {
            return "";
        }
        int end = namespace.indexOf('/', 1);
        return namespace.substring(1, end < 0 ? namespace.length() : end);
    }
}
