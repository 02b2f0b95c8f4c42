package io.ringfence.cli.output;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Prints data.
public final class Output {
    public static final ObjectMapper JSON =
            new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final YAMLMapper YAML =
            YAMLMapper.builder().disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER).build();

    private Output() {}

    /// The forms data can be printed in.
    public enum Format {
        TABLE,
        JSON,
        YAML,
        NONE
    }

    /// Prints any value as JSON or YAML.
    public static void print(Format format, Object value) {
        try {
            switch (format) {
                case JSON, TABLE -> System.out.println(JSON.writeValueAsString(value));
                case YAML -> System.out.print(YAML.writeValueAsString(value));
                case NONE -> {}
            }
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// Prints a JSON list (or one object) in the form asked for; as a table with the columns asked
    /// for, else with `usual`.
    public static void print(OutputOption option, JsonNode answer, List<String> usual) {
        if (option.format() != Format.TABLE) {
            print(option.format(), answer);
            return;
        }
        List<String> columns = option.columns().isEmpty() ? usual : option.columns();
        List<Map<String, Object>> rows = new ArrayList<>();
        for (JsonNode object : answer.isArray() ? answer : List.of(answer)) {
            Map<String, Object> row = new LinkedHashMap<>();
            columns.forEach(column -> row.put(column, text(object.path(column))));
            rows.add(row);
        }
        table(columns, rows);
    }

    private static String text(JsonNode value) {
        return value.isMissingNode() || value.isNull()
                ? ""
                : value.isValueNode() ? value.asText() : value.toString();
    }

    /// Prints rows under headings, each column as wide as it needs.
    public static void table(List<String> columns, List<Map<String, Object>> rows) {
        int[] widths = new int[columns.size()];
        for (int column = 0; column < widths.length; column++) {
            widths[column] = columns.get(column).length();
            for (Map<String, Object> row : rows) {
                widths[column] = Math.max(widths[column], cell(row, columns.get(column)).length());
            }
        }
        System.out.println(
                line(columns.stream().map(name -> name.toUpperCase(Locale.ROOT)).toList(), widths));
        rows.forEach(row ->
                System.out.println(
                        line(columns.stream().map(column -> cell(row, column)).toList(), widths)));
    }

    private static String cell(Map<String, Object> row, String column) {
        return String.valueOf(row.getOrDefault(column, ""));
    }

    private static String line(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            line.append(cells.get(column))
                    .append(" ".repeat(widths[column] - cells.get(column).length() + 2));
        }
        return line.toString().stripTrailing();
    }
}
