package io.ringfence.gateway;

import io.netty.util.internal.PlatformDependent;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;

/// What this JVM, and so the gateway under test, cannot give back: what is reachable on the heap,
/// and all that lies beside it.
final class HeldMemory {
    private static final int COLLECTIONS = 3;

    private HeldMemory() {}

    static long bytes() {
        // What one collection makes unreachable, by a reference queue or a cleaner, the next frees.
        for (int times = 0; times < COLLECTIONS; times++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed()
                + Math.max(0, PlatformDependent.usedDirectMemory())
                + ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                        .filter(pool -> pool.getName().equals("direct"))
                        .mapToLong(BufferPoolMXBean::getMemoryUsed)
                        .sum();
    }
}
