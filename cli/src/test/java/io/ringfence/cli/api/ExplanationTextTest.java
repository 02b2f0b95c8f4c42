package io.ringfence.cli.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class ExplanationTextTest {
    @Test
    void tellsBothSidesAndWhatIsMissing() throws JsonProcessingException {
        assertThat(
                        text(
                                """
                                {'action':'Reject','text':'No rule lets it reach the destination.',
                                 'outgoing':{'action':'Accept','policyName':'w','ruleName':'pg',
                                             'policyNamespace':'/acme/shop','default':false},
                                 'incoming':{'action':'Reject','policyName':'default','ruleName':'',
                                             'policyNamespace':'/acme','default':true,'observed':true,
                                             'observedAction':'Accept','observedPolicyNamespace':'/acme/shop',
                                             'nearest':[
                                   {'policyName':'db','ruleName':'','policyNamespace':'/acme/shop',
                                    'missingOnSource':['env=prod','app=web'],'missingOnDestination':[],
                                    'protocolPorts':[]},
                                   {'policyName':'db','ruleName':'old','policyNamespace':'/acme/shop',
                                    'missingOnSource':[],'missingOnDestination':['tier=gold'],
                                    'protocolPorts':['tcp/3306']}]}}
                                """))
                .isEqualTo(
                        """
                        Reject

                        outgoing  Accept         w, rule pg (/acme/shop)
                        incoming  Reject         the default of /acme
                                  observed: Accept (/acme/shop)
                                  nearest: db (/acme/shop): the source lacks env=prod, app=web
                                  nearest: db, rule old (/acme/shop): the destination lacks tier=gold; it is for tcp/3306

                        No rule lets it reach the destination.
                        """);
    }

    @Test
    void tellsWhereThereIsNobodyToAsk() throws JsonProcessingException {
        assertThat(
                        text(
                                """
                                {'action':'Accept','text':'A ruleset you may not read lets it leave the source.',
                                 'outgoing':{'action':'Accept','withheld':true,'default':false},
                                 'incoming':{'action':'NotApplicable'}}
                                """))
                .isEqualTo(
                        """
                        Accept

                        outgoing  Accept         a ruleset you may not read
                        incoming  NotApplicable  nobody enforces there

                        A ruleset you may not read lets it leave the source.
                        """);
    }

    private static String text(String json) throws JsonProcessingException {
        return ExplanationText.of(new ObjectMapper().readTree(json.replace('\'', '"')));
    }
}
