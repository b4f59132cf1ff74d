package dev.cloudobjects;

import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/** Default locales whose rules of letters or digits are not those of English. */
public final class Locales {

    private Locales() {}

    /** English, and those that differ. */
    public static Stream<Locale> all() {
        return Stream.of("en-US", "tr-TR", "az-AZ", "lt-LT", "ar-EG-u-nu-arab", "th-TH-u-nu-thai-ca-buddhist", "hi-IN-u-nu-deva")
                .map(Locale::forLanguageTag);
    }

    /** The result of an action under a default locale. */
    public static <T> T under(Locale locale, Callable<T> action) throws Exception {
        Locale before = Locale.getDefault();
        Locale.setDefault(locale);
        try {
            return action.call();
        } finally {
            Locale.setDefault(before);
        }
    }
}
