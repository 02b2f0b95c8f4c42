package io.ringfence.store.object;

import io.ringfence.protocol.error.ApiException;
import io.ringfence.protocol.error.Fault;
import io.vertx.pgclient.PgException;
import java.util.Optional;
import org.hibernate.JDBCException;
import org.hibernate.exception.ConstraintViolationException;
import org.jspecify.annotations.Nullable;

/// What PostgreSQL refuses because of what the client asked for, as faults; the rest stays a
/// failure. The driver says it in a `PgException`, Hibernate Reactive over it in a `JDBCException`.
final class DatabaseRefusal {
    private static final String UNIQUE_VIOLATION = "23505";
    private static final String INVALID_REGEX = "2201B";
    private static final String DEADLOCK = "40P01";
    private static final String UNIQUE_NAME = "object_unique_name";
    private static final String ANSWERED = "answer_pkey";

    private DatabaseRefusal() {}

    static Throwable explained(Throwable failure) {
        return cause(failure, ApiException.class)
                .<Throwable>map(refusal -> refusal)
                .or(() ->
                        cause(failure, PgException.class)
                                .flatMap(pg -> fault(pg.getSqlState(), pg.getConstraint())))
                .or(() ->
                        cause(failure, ConstraintViolationException.class)
                                .flatMap(hibernate ->
                                        fault(
                                                hibernate.getSQLState(),
                                                hibernate.getConstraintName())))
                .or(() ->
                        cause(failure, JDBCException.class)
                                .flatMap(hibernate -> fault(hibernate.getSQLState(), null)))
                .orElse(failure);
    }

    private static Optional<Throwable> fault(
            @Nullable String sqlState, @Nullable String constraint) {
        return switch (String.valueOf(sqlState)) {
            case UNIQUE_VIOLATION -> Optional.of(taken(constraint).asException());
            case INVALID_REGEX ->
                    Optional.of(
                            Fault.badRequest("Filter q has an expression that cannot be read")
                                    .asException());
            case DEADLOCK ->
                    Optional.of(
                            Fault.of(
                                            423,
                                            "Locked",
                                            "This change and another one waited for each other, and"
                                                    + " the other one went on; repeat it")
                                    .asException());
            default -> Optional.empty();
        };
    }

    private static Fault taken(@Nullable String constraint) {
        return switch (String.valueOf(constraint)) {
            case UNIQUE_NAME ->
                    Fault.invalid(
                            "name", "There is an object of this name in the namespace already");
            case ANSWERED ->
                    Fault.of(
                            423,
                            "Locked",
                            "Another request with this Idempotency-Key is under way; repeat it");
            default -> Fault.invalid("ID", "There is an object with this ID already");
        };
    }

    private static <E extends Throwable> Optional<E> cause(
            @Nullable Throwable failure, Class<E> type) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (type.isInstance(at)) {
                return Optional.of(type.cast(at));
            }
        }
        return Optional.empty();
    }
}
