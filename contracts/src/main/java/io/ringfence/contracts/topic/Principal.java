package io.ringfence.contracts.topic;

/// Who may speak to Kafka. The certificate's common name of a service, and the constant subject of
/// every enforcer's Kafka token.
public enum Principal {
    IDENTITY_SERVICE("identity-service"),
    POLICY_SERVICE("policy-service"),
    FLOW_INGEST_SERVICE("flow-ingest-service"),
    METRICS_SERVICE("metrics-service"),
    GATEWAY("gateway"),
    /// All enforcers share one principal; which of them wrote a record is in the record's
    /// signature.
    ENFORCER("enforcer");

    private final String commonName;

    Principal(String commonName) {
        this.commonName = commonName;
    }

    public String commonName() {
        return commonName;
    }

    /// As Kafka writes it in an ACL.
    public String kafkaName() {
        return "User:" + commonName;
    }
}
