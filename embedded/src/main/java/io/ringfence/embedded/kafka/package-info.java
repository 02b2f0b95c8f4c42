/// One Kafka broker (KRaft, broker and controller in one) as a process of its own, with the topics
/// and access rules that the table in `contracts` names, and nothing else.
///
/// `java -cp … io.ringfence.embedded.kafka.KafkaServer <file>`; the keys of the properties file:
///
/// - `kafka.folder`: where everything of the broker lies
/// - `kafka.pki`: folder with `ca.pem`, `kafka.keystore.pem`
/// - `kafka.port.internal`, `kafka.port.controller`: loopback, mutual TLS, principal = common name
/// - `kafka.port.enforcers`: every address, TLS with OAUTHBEARER
/// - `kafka.advertise`: the host that enforcers are told
/// - `kafka.jwks`: address of the token keys
/// - `kafka.partitions`: of every topic; fixed when the topic is made
/// - `kafka.ready`: the file that is there once topics and rules are in place
@NullMarked
package io.ringfence.embedded.kafka;

import org.jspecify.annotations.NullMarked;
