package io.ringfence.enforcer.dataplane;

/// Ringfence's bits of the conntrack mark. The other 22 belong to whoever else wants them.
///
/// | bits | meaning |
/// |---|---|
/// | 31–24 | the generation of the policy that judged the connection; 0 = never judged, [#UNPOLICED] = it need not be |
/// | 23 | picked up in mid-stream, so nobody knows who opened it: it is judged in both orientations |
final class Mark {
    static final int GENERATION_MASK = 0xff000000;
    static final int MIDSTREAM = 0x00800000;
    static final int UNPOLICED = 255;

    private Mark() {}

    static int ofGeneration(int generation) {
        return generation << 24;
    }

    static boolean isMidstream(int mark) {
        return (mark & MIDSTREAM) != 0;
    }

    static String hex(int bits) {
        return String.format("0x%08x", bits);
    }
}
