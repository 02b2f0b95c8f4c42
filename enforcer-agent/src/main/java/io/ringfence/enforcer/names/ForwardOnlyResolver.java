package io.ringfence.enforcer.names;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolverProvider;
import java.util.stream.Stream;

/// Looks up addresses of names as the JDK does, and refuses at once to look up names of addresses.
///
/// Kafka's client asks for the name of each address it connects to. On a host whose resolver does
/// not answer that takes 10 seconds and more per connection, and reports wait in the spool
/// meanwhile. Nothing here needs such a name: certificates are checked against what was configured.
public final class ForwardOnlyResolver extends InetAddressResolverProvider {
    @Override
    public InetAddressResolver get(Configuration configuration) {
        InetAddressResolver builtin = configuration.builtinResolver();
        return new InetAddressResolver() {
            @Override
            public Stream<InetAddress> lookupByName(String host, LookupPolicy policy)
                    throws UnknownHostException {
                return builtin.lookupByName(host, policy);
            }

            @Override
            public String lookupByAddress(byte[] address) throws UnknownHostException {
                throw new UnknownHostException("names of addresses are not looked up");
            }
        };
    }

    @Override
    public String name() {
        return "forward only";
    }
}
