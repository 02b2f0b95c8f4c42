package io.ringfence.contracts.tag;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/// Tags are compared exactly, and read by people: two that look the same must be the same. Refused
/// are characters that cannot be seen, characters that have a plainer form of the same look (a
/// fullwidth `=`, an `e` with its accent apart), and words of letters from several alphabets whose
/// letters look alike. A whole word of another alphabet is that language's and stays.
final class LookAlikes {
    private static final Set<UnicodeScript> ALIKE =
            EnumSet.of(
                    UnicodeScript.LATIN,
                    UnicodeScript.GREEK,
                    UnicodeScript.CYRILLIC,
                    UnicodeScript.ARMENIAN,
                    UnicodeScript.CHEROKEE);

    private LookAlikes() {}

    /// What is wrong, to follow the tag in a sentence.
    static Optional<String> in(String text) {
        if (text.chars().allMatch(c -> c >= ' ' && c < 0x7F)) {
            return Optional.empty();
        }
        Optional<Integer> unseen =
                text.codePoints().filter(LookAlikes::isUnseen).boxed().findFirst();
        if (unseen.isPresent()) {
            return Optional.of(
                    "has the character U+%04X, which nobody can see: remove it"
                            .formatted(unseen.get()));
        }
        if (!Normalizer.isNormalized(text, Form.NFKC)) {
            return Optional.of(
                    "has characters that look like others: write '%s'"
                            .formatted(Normalizer.normalize(text, Form.NFKC)));
        }
        return mixed(text);
    }

    private static boolean isUnseen(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    true;
            case Character.SPACE_SEPARATOR -> point != ' ';
            default -> false;
        };
    }

    private static Optional<String> mixed(String text) {
        Set<UnicodeScript> word = EnumSet.noneOf(UnicodeScript.class);
        for (int point : text.codePoints().toArray()) {
            if (!Character.isLetter(point)) {
                word.clear();
                continue;
            }
            UnicodeScript script = UnicodeScript.of(point);
            if (ALIKE.contains(script)) {
                word.add(script);
            }
            if (word.size() > 1) {
                return Optional.of(
                        "mixes letters of several alphabets in one word (at '%s'), which look alike: use one"
                                .formatted(Character.toString(point)));
            }
        }
        return Optional.empty();
    }
}
