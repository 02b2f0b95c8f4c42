/// When a policy is active: a cron expression says when it begins, a duration how long it lasts
/// (`activeSchedule`, `activeDuration` of `reference/api.md` §0), and until when
/// (`expirationTime`). Who asks, and what follows, is left to the services.
@NullMarked
package io.ringfence.contracts.schedule;

import org.jspecify.annotations.NullMarked;
