package io.ringfence.testkit.domain;

import com.google.protobuf.ByteString;
import io.ringfence.contracts.resource.ObjectState;
import io.ringfence.contracts.resource.Operation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jose4j.json.JsonUtil;

/// An object of the API, as a service stores and announces it. Immutable. The id is made from the
/// name, so that two tests speak of the same thing by the same name.
public record ObjectFixture(String identity, String namespace, Map<String, Object> attributes) {
    private static final String TENANT = "/acme/shop";

    public ObjectFixture {
        attributes = new LinkedHashMap<>(attributes);
    }

    public static ObjectFixture processingUnit(String name) {
        return named("processingunit", name)
                .with("type", "Host")
                .with("operationalStatus", "Running")
                .with("enforcementStatus", "Active");
    }

    public static ObjectFixture externalNetwork(String name, String... entries) {
        return named("externalnetwork", name).with("entries", List.of(entries));
    }

    public static ObjectFixture namespace(String fullName) {
        int slash = fullName.lastIndexOf('/');
        return named("namespace", fullName).in(slash == 0 ? "/" : fullName.substring(0, slash));
    }

    public static ObjectFixture named(String identity, String name) {
        return new ObjectFixture(
                identity, TENANT, Map.of("ID", idOf(identity, name), "name", name));
    }

    /// 24 hexadecimal digits, always the same for the same thing.
    public static String idOf(String identity, String name) {
        return "%08x%08x%08x"
                .formatted(
                        identity.hashCode(), name.hashCode(), (identity + "/" + name).hashCode());
    }

    public ObjectFixture in(String otherNamespace) {
        return new ObjectFixture(identity, otherNamespace, attributes);
    }

    public ObjectFixture tagged(String... tags) {
        return added("associatedTags", tags);
    }

    public ObjectFixture at(String... addresses) {
        return added("addresses", addresses);
    }

    public ObjectFixture with(String attribute, Object value) {
        Map<String, Object> changed = new LinkedHashMap<>(attributes);
        changed.put(attribute, value);
        return new ObjectFixture(identity, namespace, changed);
    }

    public String id() {
        return String.valueOf(attributes.get("ID"));
    }

    /// As the API shows it: with its namespace and normalized tags.
    public String toJson() {
        Map<String, Object> shown = new LinkedHashMap<>(attributes);
        shown.put("namespace", namespace);
        shown.put("normalizedTags", normalizedTags());
        return JsonUtil.toJson(shown);
    }

    /// As it travels on its topic.
    public ObjectState toState(long revision) {
        return ObjectState.newBuilder()
                .setIdentity(identity)
                .setId(id())
                .setNamespace(namespace)
                .setRevision(revision)
                .setOperation(revision == 1 ? Operation.CREATE : Operation.UPDATE)
                .setJson(ByteString.copyFrom(toJson(), StandardCharsets.UTF_8))
                .build();
    }

    private List<Object> normalizedTags() {
        List<Object> tags = new ArrayList<>(list("associatedTags"));
        tags.add("$identity=" + identity);
        tags.add("$id=" + id());
        tags.add("$name=" + attributes.get("name"));
        tags.add("$namespace=" + namespace);
        return tags;
    }

    private ObjectFixture added(String attribute, String... values) {
        List<Object> all = new ArrayList<>(list(attribute));
        all.addAll(List.of(values));
        return with(attribute, all);
    }

    private List<?> list(String attribute) {
        return attributes.get(attribute) instanceof List<?> values ? values : List.of();
    }
}
