package io.ringfence.gateway.openapi;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/// The files of the package `org.webjars:swagger-ui` on the class path. Their folder is named by
/// the package's version.
final class SwaggerUi {
    private static final String VERSION = "META-INF/maven/org.webjars/swagger-ui/pom.properties";

    private SwaggerUi() {}

    static byte[] file(String name) throws IOException {
        try (InputStream file =
                open("META-INF/resources/webjars/swagger-ui/%s/%s".formatted(version(), name))) {
            return file.readAllBytes();
        }
    }

    private static String version() throws IOException {
        try (InputStream file = open(VERSION)) {
            Properties properties = new Properties();
            properties.load(file);
            return properties.getProperty("version", "");
        }
    }

    private static InputStream open(String path) throws FileNotFoundException {
        InputStream file = SwaggerUi.class.getClassLoader().getResourceAsStream(path);
        if (file == null) {
            throw new FileNotFoundException(path + " is not on the class path");
        }
        return file;
    }
}
