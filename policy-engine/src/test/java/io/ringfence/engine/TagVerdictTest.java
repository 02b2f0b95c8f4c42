package io.ringfence.engine;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Tag expressions in subjects and objects.
class TagVerdictTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    both tags of a clause are needed                          | rs r /acme/shop app=web; in Allow app=api&env=lab any | in web 10.0.0.2 tcp/80 | reject default@/acme
                    one clause of several is enough                           | rs r /acme/shop app=web; in Allow app=x,app=api any | in web 10.0.0.2 tcp/80 | allow r
                    a prefix matches                                          | rs r /acme/shop app=web; in Allow $namespace=/acme/* any | in web 10.0.0.5 tcp/80 | allow r
                    a prefix in the subject matches                           | rs r /acme/shop app=w*; in Allow app=api any | in web 10.0.0.2 tcp/80 | allow r
                    an empty object matches nothing                           | rs r /acme/shop app=web; in Allow - any | in web 10.0.0.2 tcp/80 | reject default@/acme
                    an empty subject matches nothing                          | rs r /acme/shop -; in Allow app=api any | in web 10.0.0.2 tcp/80 | reject default@/acme

                    a third clause is enough as well | rs r /acme/shop app=web; in Allow app=x,app=y,app=api&env=prod any | in web 10.0.0.2 tcp/80 | allow r
                    half of one clause and half of another are nothing | rs r /acme/shop app=web; in Allow app=api&env=lab,app=db&env=prod any | in web 10.0.0.2 tcp/80 | reject default@/acme
                    exact means exact | rs r /acme/shop app=web; in Allow app=ap any | in web 10.0.0.2 tcp/80 | reject default@/acme
                    case matters | rs r /acme/shop app=web; in Allow app=API any | in web 10.0.0.2 tcp/80 | reject default@/acme
                    a prefix may end in the key | rs r /acme/shop app=web; in Allow ap* any | in web 10.0.0.2 tcp/80 | allow r
                    a prefix may be a whole tag | rs r /acme/shop app=web; in Allow app=api* any | in web 10.0.0.2 tcp/80 | allow r
                    a prefix that nothing has | rs r /acme/shop app=web; in Allow app=apix* any | in web 10.0.0.2 tcp/80 | reject default@/acme
                    a star alone is every tag | rs r /acme/shop app=web; in Allow * any | in web 10.0.0.2 tcp/80 | allow r
                    a star in the middle is only a star | rs r /acme/shop app=web; in Allow a*p=api any | in web 10.0.0.2 tcp/80 | reject default@/acme
                    a prefix and an exact tag in one clause | rs r /acme/shop app=web; in Allow app=a*&env=prod any | in web 10.0.0.2 tcp/80 | allow r
                    a prefix that holds does not save a clause | rs r /acme/shop app=web; in Allow app=a*&env=lab any | in web 10.0.0.2 tcp/80 | reject default@/acme
                    a derived tag selects by name | rs r /acme/shop app=web; in Allow $name=api any | in web 10.0.0.2 tcp/80 | allow r
                    a derived tag selects every unit | rs r /acme/shop $identity=processingunit; in Allow $identity=processingunit any | in web 10.0.0.2 tcp/80 | allow r
                    a namespace's prefix also takes one that only begins alike | pu w2 /acme/shopping 10.0.0.9 app=x; rs r /acme/shop app=web; in Allow $namespace=/acme/shop* any | in web 10.0.0.9 tcp/80 | allow r
                    with its slash it does not | pu w2 /acme/shopping 10.0.0.9 app=x; rs r /acme/shop app=web; in Allow $namespace=/acme/shop/* any | in web 10.0.0.9 tcp/80 | reject default@/acme
                    a subject of two tags needs both | rs r /acme/shop app=web&env=lab; in Allow app=api any | in web 10.0.0.2 tcp/80 | reject default@/acme
                    a subject of two clauses needs one | rs r /acme/shop app=db,app=web; in Allow app=api any | in web 10.0.0.2 tcp/80 | allow r
                    an empty subject does not send fallbacks back | rs f /acme/shop app=web fallback; in Allow app=api any; rs r /acme/shop -; in Allow app=db any | in web 10.0.0.2 tcp/80 | allow f
                    an empty object still sends fallbacks back | rs f /acme/shop app=web fallback; in Allow app=api any; rs r /acme/shop app=web; in Allow - any | in web 10.0.0.2 tcp/80 | reject default@/acme
                    """)
    void judges(String sentence, String extra, String question, String expected) {
        VerdictTable.check(sentence, extra, question, expected);
    }
}
