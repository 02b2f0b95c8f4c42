/// PostgreSQL from its unpacked binaries as a process of its own: on loopback, with the console's
/// database, and one role with its own schema for each service that stores.
///
/// `java -cp … io.ringfence.embedded.postgres.PostgresServer <file>`; the keys of the properties
/// file:
///
/// - `postgres.folder`: where everything of the database lies
/// - `postgres.binaries`: where the programs are unpacked; may be shared
/// - `postgres.port`: on 127.0.0.1
/// - `postgres.passwords`: properties file, role to password, `postgres` (the superuser) among them
/// - `postgres.ready`: the file that is there once database, roles and schemas are in place
///
/// Tables are left to the services' migrations.
@NullMarked
package io.ringfence.embedded.postgres;

import org.jspecify.annotations.NullMarked;
