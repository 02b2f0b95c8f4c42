package io.ringfence.engine;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Domain entries, given what DNS answered: its time to live plus half a minute of grace.
class DomainVerdictTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    an answer makes the address the name's | rs r /acme/shop app=web; out Allow net=named any; dns api.corp.example 192.0.2.7 2026-11-02T12:00:00Z 60 | out web 192.0.2.7 tcp/443 2026-11-02T12:00:10Z | allow r
                    another address stays nobody's | rs r /acme/shop app=web; out Allow net=named any; dns api.corp.example 192.0.2.7 2026-11-02T12:00:00Z 60 | out web 192.0.2.8 tcp/443 2026-11-02T12:00:10Z | reject default@/acme
                    it holds from the moment it came | rs r /acme/shop app=web; out Allow net=named any; dns api.corp.example 192.0.2.7 2026-11-02T12:00:00Z 60 | out web 192.0.2.7 tcp/443 2026-11-02T12:00:00Z | allow r
                    not before | rs r /acme/shop app=web; out Allow net=named any; dns api.corp.example 192.0.2.7 2026-11-02T12:00:00Z 60 | out web 192.0.2.7 tcp/443 2026-11-02T11:59:59Z | reject default@/acme
                    it holds to the end of its time to live | rs r /acme/shop app=web; out Allow net=named any; dns api.corp.example 192.0.2.7 2026-11-02T12:00:00Z 60 | out web 192.0.2.7 tcp/443 2026-11-02T12:00:59Z | allow r
                    and for the grace of half a minute | rs r /acme/shop app=web; out Allow net=named any; dns api.corp.example 192.0.2.7 2026-11-02T12:00:00Z 60 | out web 192.0.2.7 tcp/443 2026-11-02T12:01:29Z | allow r
                    then no longer | rs r /acme/shop app=web; out Allow net=named any; dns api.corp.example 192.0.2.7 2026-11-02T12:00:00Z 60 | out web 192.0.2.7 tcp/443 2026-11-02T12:01:30Z | reject default@/acme
                    a time to live of nothing still has the grace | rs r /acme/shop app=web; out Allow net=named any; dns api.corp.example 192.0.2.7 2026-11-02T12:00:00Z 0 | out web 192.0.2.7 tcp/443 2026-11-02T12:00:29Z | allow r
                    a later answer carries it on | rs r /acme/shop app=web; out Allow net=named any; dns api.corp.example 192.0.2.7 2026-11-02T12:00:00Z 60; dns api.corp.example 192.0.2.7 2026-11-02T12:01:00Z 60 | out web 192.0.2.7 tcp/443 2026-11-02T12:02:00Z | allow r
                    two answers give two addresses | rs r /acme/shop app=web; out Allow net=named any; dns api.corp.example 192.0.2.7 2026-11-02T12:00:00Z 60; dns api.corp.example 192.0.2.8 2026-11-02T12:00:00Z 60 | out web 192.0.2.8 tcp/443 2026-11-02T12:00:10Z | allow r
                    IPv6 answers too | rs r /acme/shop app=web; out Allow net=named any; dns api.corp.example 2001:db8::7 2026-11-02T12:00:00Z 60 | out web 2001:db8::7 tcp/443 2026-11-02T12:00:10Z | allow r
                    a wildcard takes names far below | rs r /acme/shop app=web; out Allow net=named any; dns a.b.corp.example 192.0.2.7 2026-11-02T12:00:00Z 60 | out web 192.0.2.7 tcp/443 2026-11-02T12:00:10Z | allow r
                    a wildcard does not take the name itself | rs r /acme/shop app=web; out Allow net=named any; dns corp.example 192.0.2.7 2026-11-02T12:00:00Z 60 | out web 192.0.2.7 tcp/443 2026-11-02T12:00:10Z | reject default@/acme
                    nor one that only ends alike | rs r /acme/shop app=web; out Allow net=named any; dns mycorp.example 192.0.2.7 2026-11-02T12:00:00Z 60 | out web 192.0.2.7 tcp/443 2026-11-02T12:00:10Z | reject default@/acme
                    case and a dot at the end do not matter | rs r /acme/shop app=web; out Allow net=named any; dns API.Corp.Example. 192.0.2.7 2026-11-02T12:00:00Z 60 | out web 192.0.2.7 tcp/443 2026-11-02T12:00:10Z | allow r
                    a name takes itself | net exact /acme/shop api.corp.example net=exact; rs r /acme/shop app=web; out Allow net=exact any; dns api.corp.example 192.0.2.7 2026-11-02T12:00:00Z 60 | out web 192.0.2.7 tcp/443 2026-11-02T12:00:10Z | allow r
                    a name does not take what is below | net exact /acme/shop api.corp.example net=exact; rs r /acme/shop app=web; out Allow net=exact any; dns v2.api.corp.example 192.0.2.7 2026-11-02T12:00:00Z 60 | out web 192.0.2.7 tcp/443 2026-11-02T12:00:10Z | reject default@/acme
                    an exclusion holds against an answer | net mixed /acme/shop 192.0.2.0/24,!192.0.2.7,api.corp.example net=mixed; rs r /acme/shop app=web; out Allow net=mixed any; dns api.corp.example 192.0.2.7 2026-11-02T12:00:00Z 60 | out web 192.0.2.7 tcp/443 2026-11-02T12:00:10Z | reject default@/acme
                    a unit's address stays the unit's | rs r /acme/shop app=web; out Allow net=named any; dns api.corp.example 10.0.0.2 2026-11-02T12:00:00Z 60 | out web 10.0.0.2 tcp/443 2026-11-02T12:00:10Z | reject default@/acme
                    a reject by name beats an allow by CIDR | rs r /acme/shop app=web; out Allow net=named any; rs s /acme/shop app=web; out Allow net=internet any; out Reject net=named any; dns api.corp.example 192.0.2.7 2026-11-02T12:00:00Z 60 | out web 192.0.2.7 tcp/443 2026-11-02T12:00:10Z | reject s
                    """)
    void judges(String sentence, String extra, String question, String expected) {
        VerdictTable.check(sentence, extra, question, expected);
    }
}
