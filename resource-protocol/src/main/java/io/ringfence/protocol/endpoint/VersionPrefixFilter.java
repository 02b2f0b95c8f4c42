package io.ringfence.protocol.endpoint;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/// `/v/1/things` means `/things` (`reference/api.md` §0). Runs after the assertion was held against
/// the path as it was sent.
@ApplicationScoped
public class VersionPrefixFilter {
    private static final Pattern PREFIX = Pattern.compile("^/?v/\\d{1,4}(/.*)$");

    @ServerRequestFilter(preMatching = true, priority = 200)
    public void strip(ContainerRequestContext request) {
        UriInfo uri = request.getUriInfo();
        if (!uri.getPath().startsWith("/v/") && !uri.getPath().startsWith("v/")) {
            return; // most; taking the whole URI apart costs more than all other filters
        }
        Matcher versioned = PREFIX.matcher(uri.getRequestUri().getRawPath());
        if (versioned.matches()) {
            String query = uri.getRequestUri().getRawQuery();
            request.setRequestUri(
                    uri.getBaseUri(),
                    URI.create(versioned.group(1) + (query == null ? "" : "?" + query)));
        }
    }
}
