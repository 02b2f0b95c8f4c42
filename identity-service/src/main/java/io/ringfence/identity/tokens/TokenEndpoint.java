package io.ringfence.identity.tokens;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.contracts.identity.Header;
import io.ringfence.identity.keys.TokenKeys;
import io.ringfence.identity.logout.LoggedOutTokens;
import io.ringfence.identity.quota.TokenUses;
import io.ringfence.identity.wire.Wire;
import io.ringfence.protocol.caller.Caller;
import io.ringfence.protocol.caller.CurrentCaller;
import io.ringfence.protocol.error.Fault;
import io.ringfence.trust.token.TokenCheck;
import io.ringfence.trust.token.TokenClaims;
import io.ringfence.trust.token.TokenVerifier;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Optional;

/// `/issue`, `/authn`, `/logout` and `/.well-known/jwks.json`.
@Path("/")
@Consumes(MediaType.WILDCARD)
public final class TokenEndpoint {
    private static final String AS_COOKIE = "asCookie";
    private static final String BEARER = "Bearer ";

    /// A key is published at least two minutes before it signs.
    private static final int KEYS_FRESH_SECONDS = 60;

    private final Sources sources;
    private final TokenIssuer issuer;
    private final TokenVerifier verifier;
    private final TokenKeys keys;
    private final CurrentCaller current;
    private final TokenUses uses;
    private final LoggedOutTokens loggedOut;

    TokenEndpoint(
            Sources sources,
            TokenIssuer issuer,
            TokenVerifier verifier,
            TokenKeys keys,
            CurrentCaller current,
            TokenUses uses,
            LoggedOutTokens loggedOut) {
        this.sources = sources;
        this.issuer = issuer;
        this.verifier = verifier;
        this.keys = keys;
        this.current = current;
        this.uses = uses;
        this.loggedOut = loggedOut;
    }

    @POST
    @Path("issue")
    public Uni<Response> issue(@Context UriInfo uri, @Context HttpHeaders headers, byte[] body) {
        Wire.refuseParametersOtherThan(uri, AS_COOKIE);
        boolean asCookie = "true".equalsIgnoreCase(uri.getQueryParameters().getFirst(AS_COOKIE));
        TokenRequest request = TokenRequest.read(Wire.object(headers, body));
        Caller caller = current.get();
        return keys.ready()
                .chain(() -> sources.of(request, headers, caller))
                .map(source -> issuer.issue(source, request))
                .call(issued -> uses.expect(issued.claims()))
                .map(issued -> answer(request, issued, asCookie, headers));
    }

    private static Response answer(
            TokenRequest request, IssuedToken issued, boolean asCookie, HttpHeaders headers) {
        TokenClaims claims = issued.claims();
        ObjectNode body =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("realm", request.realm().apiName())
                        .put("validity", issued.validity().toString())
                        .put("audience", claims.audience().iterator().next())
                        .put("quota", claims.quota())
                        .put("restrictedNamespace", claims.restrictions().namespace());
        claims.restrictions().perms().forEach(body.putArray("restrictedPermissions")::add);
        claims.restrictions().networks().forEach(body.putArray("restrictedNetworks")::add);
        ObjectNode opaque = body.putObject("opaque");
        claims.opaque().forEach(opaque::put);
        body.set("claims", ClaimsJson.of(claims));
        if (!asCookie) {
            return Wire.answer(headers, body.put("token", issued.jwt())).build();
        }
        return Wire.answer(headers, body)
                .cookie(
                        cookie(
                                issued.jwt(),
                                (int)
                                        Math.min(
                                                issued.validity().duration().toSeconds(),
                                                Integer.MAX_VALUE)))
                .build();
    }

    /// What the caller's own token says.
    @GET
    @Path("authn")
    public Uni<Response> authenticate(@Context UriInfo uri, @Context HttpHeaders headers) {
        Wire.refuseParametersOtherThan(uri);
        String token =
                shown(headers)
                        .orElseThrow(() ->
                                Fault.unauthorized("There is no token in this request to look at")
                                        .asException());
        return claims(token, headers);
    }

    private static Optional<String> shown(HttpHeaders headers) {
        return Optional.ofNullable(headers.getHeaderString(HttpHeaders.AUTHORIZATION))
                .filter(header -> header.startsWith(BEARER))
                .map(header -> header.substring(BEARER.length()))
                .or(() ->
                        Optional.ofNullable(headers.getCookies().get(Header.TOKEN_COOKIE))
                                .map(cookie -> cookie.getValue()));
    }

    /// What the token in the body says.
    @POST
    @Path("authn")
    public Uni<Response> verify(@Context UriInfo uri, @Context HttpHeaders headers, byte[] body) {
        Wire.refuseParametersOtherThan(uri);
        return claims(Wire.object(headers, body).path("token").asText(""), headers);
    }

    /// Ends the token in the Authorization header or the cookie and all that were made from it, and
    /// forgets the cookie. Other tokens of the same holder stay good.
    @GET
    @Path("logout")
    public Uni<Response> logOut(@Context UriInfo uri, @Context HttpHeaders headers) {
        Wire.refuseParametersOtherThan(uri);
        Caller caller = current.get();
        return shown(headers)
                .map(verifier::verify)
                .map(check ->
                        switch (check) {
                            case TokenCheck.Valid(TokenClaims claims) ->
                                    loggedOut.logOut(claims, caller);
                            case TokenCheck.Invalid _ -> Uni.createFrom().voidItem();
                        })
                .orElseGet(() -> Uni.createFrom().voidItem())
                .map(_ ->
                        Response.noContent()
                                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                                .cookie(cookie("", 0))
                                .build());
    }

    private static NewCookie cookie(String value, int maxAgeSeconds) {
        return new NewCookie.Builder(Header.TOKEN_COOKIE)
                .value(value)
                .path("/")
                .maxAge(maxAgeSeconds)
                .secure(true)
                .httpOnly(true)
                .sameSite(NewCookie.SameSite.STRICT)
                .build();
    }

    private Uni<Response> claims(String token, HttpHeaders headers) {
        return switch (verifier.verify(token)) {
            case TokenCheck.Valid(TokenClaims claims) ->
                    loggedOut.refuse(claims, "The token").map(_ -> claims(claims, headers));
            case TokenCheck.Invalid(String reason) ->
                    throw Fault.unauthorized("The token is refused: " + reason).asException();
        };
    }

    private static Response claims(TokenClaims claims, HttpHeaders headers) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.set("claims", ClaimsJson.of(claims));
        return Wire.answer(headers, body).build();
    }

    @GET
    @Path(".well-known/jwks.json")
    public Response keys() {
        return Response.ok(keys.published().toJson(), MediaType.APPLICATION_JSON)
                .header(HttpHeaders.CACHE_CONTROL, "max-age=" + KEYS_FRESH_SECONDS)
                .build();
    }
}
