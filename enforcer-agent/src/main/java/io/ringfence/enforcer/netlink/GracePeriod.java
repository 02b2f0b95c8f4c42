package io.ringfence.enforcer.netlink;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Locale;

/// Waits until the kernel has done with everything that it was in the middle of: no packet is being
/// judged any more that was then. `membarrier(MEMBARRIER_CMD_GLOBAL)`, which waits for what the
/// kernel calls an RCU grace period: some 10 ms.
public final class GracePeriod {
    private static final int MEMBARRIER_CMD_GLOBAL = 1;
    private static final long MEMBARRIER_X86_64 = 324;
    private static final long MEMBARRIER_ELSEWHERE = 283;

    private GracePeriod() {}

    /// @throws IOException if this kernel, or whoever confines this process, does not allow it
    public static void await() throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = arena.allocate(Libc.ERRNO);
            long result =
                    (long) Libc.SYSCALL.invokeExact(errno, number(), MEMBARRIER_CMD_GLOBAL, 0, 0);
            if (result != 0) {
                throw new IOException("membarrier: errno " + Libc.errno(errno));
            }
        } catch (IOException refused) {
            throw refused;
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static long number() {
        String machine = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        return machine.equals("amd64") || machine.equals("x86_64")
                ? MEMBARRIER_X86_64
                : MEMBARRIER_ELSEWHERE;
    }
}
