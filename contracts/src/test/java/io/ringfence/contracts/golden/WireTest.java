package io.ringfence.contracts.golden;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import io.ringfence.contracts.audit.AuditRecord;
import io.ringfence.contracts.flow.FlowBatch;
import io.ringfence.contracts.policy.PolicySnapshot;
import io.ringfence.contracts.report.EnforcerReport;
import io.ringfence.contracts.resource.ObjectState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Messages of different releases meet: on topics, in state folders, between a console and its
/// enforcers. So a field once written down keeps its number and its type, for ever; what means
/// something else is another field, or another message.
class WireTest {
    private static final String FILE = "/golden/wire.txt";

    @Test
    void whatIsWrittenDownIsStillSoAndWhatIsNewIsWrittenDown() throws IOException {
        List<String> now =
                Stream.of(
                                AuditRecord.getDescriptor(),
                                FlowBatch.getDescriptor(),
                                PolicySnapshot.getDescriptor(),
                                EnforcerReport.getDescriptor(),
                                ObjectState.getDescriptor())
                        .map(Descriptor::getFile)
                        .flatMap(WireTest::lines)
                        .sorted()
                        .toList();
        if ("write".equals(System.getProperty("ringfence.golden"))) {
            Files.write(Path.of("src/test/resources" + FILE), now);
        }
        List<String> written;
        try (var in = Objects.requireNonNull(getClass().getResourceAsStream(FILE))) {
            written = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
        assertThat(now).as("a field changed, or went: add another instead").containsAll(written);
        assertThat(written)
                .as("a field is new: write it down with -Dringfence.golden=write")
                .containsAll(now);
    }

    private static Stream<String> lines(FileDescriptor file) {
        return Stream.concat(
                file.getMessageTypes().stream().flatMap(WireTest::lines),
                file.getEnumTypes().stream().flatMap(WireTest::lines));
    }

    private static Stream<String> lines(Descriptor message) {
        return Stream.of(
                        message.getFields().stream().map(WireTest::line),
                        message.getNestedTypes().stream().flatMap(WireTest::lines),
                        message.getEnumTypes().stream().flatMap(WireTest::lines))
                .flatMap(each -> each);
    }

    private static String line(FieldDescriptor field) {
        String type =
                switch (field.getJavaType()) {
                    case MESSAGE -> field.getMessageType().getFullName();
                    case ENUM -> field.getEnumType().getFullName();
                    default -> field.getType().name().toLowerCase(java.util.Locale.ROOT);
                };
        return "%s = %d %s%s"
                .formatted(
                        field.getFullName(),
                        field.getNumber(),
                        field.isRepeated() ? "repeated " : "",
                        type);
    }

    private static Stream<String> lines(EnumDescriptor values) {
        return values.getValues().stream()
                .map(value ->
                        "%s.%s = %d"
                                .formatted(
                                        values.getFullName(), value.getName(), value.getNumber()));
    }
}
