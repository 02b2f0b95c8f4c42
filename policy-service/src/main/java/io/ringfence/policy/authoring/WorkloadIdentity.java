package io.ringfence.policy.authoring;

/// Identities of the resources that workloads themselves speak for.
public final class WorkloadIdentity {
    public static final String PROCESSING_UNIT = "processingunit";
    public static final String ENFORCER = "enforcer";
    public static final String PROCESSING_UNIT_REFRESH = "processingunitrefresh";
    public static final String ENFORCER_REFRESH = "enforcerrefresh";

    private WorkloadIdentity() {}
}
