package io.ringfence.testkit.contract;

import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/// The operations that JAX-RS endpoints answer, read from their class files: `get /issue`.
final class EndpointPaths {
    private static final String PATH = "jakarta.ws.rs.Path";
    private static final List<String> METHODS =
            List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE");

    private EndpointPaths() {}

    static Set<String> in(String... packages) {
        Set<String> found = new TreeSet<>();
        new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages(packages)
                        .stream()
                        .filter(each -> each.isAnnotatedWith(PATH))
                        .forEach(endpoint -> add(endpoint, found));
        return found;
    }

    private static void add(JavaClass endpoint, Set<String> found) {
        for (JavaMethod method : endpoint.getMethods()) {
            for (String verb : METHODS) {
                if (method.isAnnotatedWith("jakarta.ws.rs." + verb)) {
                    String path = path(endpoint.getAnnotations()) + path(method.getAnnotations());
                    found.add(verb.toLowerCase(Locale.ROOT) + " " + path);
                }
            }
        }
    }

    /// With one slash in front and none at the end; a pattern behind a parameter's name is left
    /// out.
    private static String path(Set<? extends JavaAnnotation<?>> annotations) {
        return annotations.stream()
                .filter(each -> each.getRawType().getName().equals(PATH))
                .map(each -> String.valueOf(each.get("value").orElse("")))
                .map(value -> value.replaceAll("^/|/$", "").replaceAll("\\s*:[^}]*}", "}"))
                .filter(value -> !value.isEmpty())
                .map(value -> "/" + value)
                .findFirst()
                .orElse("");
    }
}
