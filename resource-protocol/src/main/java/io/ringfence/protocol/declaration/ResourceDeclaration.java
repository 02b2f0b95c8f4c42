package io.ringfence.protocol.declaration;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.contracts.topic.Topic;
import io.ringfence.protocol.error.Fault;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// A resource of the API, complete: its names, its attributes with their rules, and the topic its
/// changes are announced on. A service makes one available as a CDI bean (`@Produces @Singleton`)
/// and the resource exists, with every verb of `reference/api.md` §0.
///
/// @param identity singular name, `networkrulesetpolicy`
/// @param plural the path segment, `networkrulesetpolicies`
/// @param aliases further path segments the resource answers to
/// @param attributes by name, in the order they are answered in
/// @param topic where changes are announced; none: nowhere
/// @param messages sentences that every answer about the resource carries as `X-Messages`
/// @param holdsFrom the attribute that names the namespace from which on downwards an object holds,
///   whatever it says about propagation; none: it propagates if its `propagate` says so
/// @param isKept stored; otherwise a create is announced, recorded, and forgotten, and nothing else
///   is possible
/// @param uniqueName two objects of one namespace may not share a name
/// @param check rules over several attributes at once, asked when each attribute for itself is fine
public record ResourceDeclaration(
        String identity,
        String plural,
        Set<String> aliases,
        Map<String, Attribute> attributes,
        Optional<Topic> topic,
        List<String> messages,
        Optional<String> holdsFrom,
        boolean isKept,
        boolean uniqueName,
        Function<ObjectNode, List<Fault>> check) {

    public static Builder resource(String identity, String plural) {
        return new Builder(identity, plural);
    }

    public Optional<Attribute> attribute(String name) {
        return Optional.ofNullable(attributes.get(name));
    }

    /// An attribute by its path: `tracing.interval` is the interval in the nested attribute
    /// tracing.
    public Optional<Attribute> at(String path) {
        int dot = path.indexOf('.');
        Optional<Attribute> found = attribute(dot < 0 ? path : path.substring(0, dot));
        while (dot >= 0 && found.isPresent() && !found.get().isSecret()) {
            int next = path.indexOf('.', dot + 1);
            String name = path.substring(dot + 1, next < 0 ? path.length() : next);
            found =
                    found.get().inner().stream()
                            .filter(each -> each.name().equals(name))
                            .findFirst();
            dot = next;
        }
        return found;
    }

    public boolean has(String attribute) {
        return attributes.containsKey(attribute);
    }

    /// Whether any attribute, nested ones too, is a secret.
    public boolean keepsSecrets() {
        return Secrets.areIn(attributes.values());
    }

    /// The object as it may leave the service: secrets replaced by their zero. The object itself if
    /// there are none.
    public ObjectNode withoutSecrets(ObjectNode object) {
        return keepsSecrets() ? Secrets.hidden(attributes.values(), object) : object;
    }

    public static final class Builder {
        private final String identity;
        private final String plural;
        private final Map<String, Attribute> attributes = new LinkedHashMap<>();
        private Set<String> aliases = Set.of();
        private Optional<Topic> topic = Optional.empty();
        private final List<String> messages = new ArrayList<>();
        private Optional<String> holdsFrom = Optional.empty();
        private boolean isKept = true;
        private boolean uniqueName;
        private Function<ObjectNode, List<Fault>> check = object -> List.of();

        private Builder(String identity, String plural) {
            this.identity = identity;
            this.plural = plural;
            attribute(Attribute.text("ID").readOnly());
            attribute(Attribute.text("namespace").readOnly());
            attribute(Attribute.time("createTime").readOnly());
            attribute(Attribute.time("updateTime").readOnly());
            attribute(Attribute.text("createIdempotencyKey").readOnly());
            attribute(Attribute.text("updateIdempotencyKey").readOnly());
        }

        public Builder aliases(String... others) {
            aliases = Set.of(others);
            return this;
        }

        public Builder with(Mixin... mixins) {
            for (Mixin mixin : mixins) {
                mixin.attributes().forEach(this::attribute);
            }
            return this;
        }

        /// Adds an attribute, or replaces a mixin's by one of the same name.
        public Builder attribute(Attribute attribute) {
            attributes.put(attribute.name(), attribute);
            return this;
        }

        public Builder attributes(Collection<Attribute> several) {
            several.forEach(this::attribute);
            return this;
        }

        public Builder announcedOn(Topic changed) {
            topic = Optional.of(changed);
            return this;
        }

        /// Every answer about this resource says so (`X-Messages`), reads too: that it is
        /// deprecated, or stored and not enforced. Changes record it in the audit trail.
        public Builder answeringWith(String sentence) {
            messages.add(sentence);
            return this;
        }

        /// Every object holds in the namespace that this attribute names and in all below it.
        public Builder holdingFrom(String namespaceAttribute) {
            holdsFrom = Optional.of(namespaceAttribute);
            return this;
        }

        /// An order to whoever listens at `/events`: it can be created only, and is not stored.
        public Builder passing() {
            isKept = false;
            return this;
        }

        /// A second object of the same name in the same namespace is refused with 422.
        public Builder uniqueName() {
            uniqueName = true;
            return this;
        }

        /// Adds a rule over the whole object.
        public Builder checkedBy(Function<ObjectNode, List<Fault>> another) {
            Function<ObjectNode, List<Fault>> before = check;
            check =
                    object -> {
                        List<Fault> faults = new ArrayList<>(before.apply(object));
                        faults.addAll(another.apply(object));
                        return faults;
                    };
            return this;
        }

        public ResourceDeclaration build() {
            return new ResourceDeclaration(
                    identity,
                    plural,
                    aliases,
                    java.util.Collections.unmodifiableMap(attributes),
                    topic,
                    List.copyOf(messages),
                    holdsFrom,
                    isKept,
                    uniqueName,
                    check);
        }
    }
}
