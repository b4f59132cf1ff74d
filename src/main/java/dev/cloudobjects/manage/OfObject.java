package dev.cloudobjects.manage;

import jakarta.enterprise.util.AnnotationLiteral;
import jakarta.inject.Qualifier;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What is preset to the cloud object at a path. */
@Qualifier
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
public @interface OfObject {

    /** The path. */
    String value();

    /** An {@link OfObject} as a value. */
    final class Literal extends AnnotationLiteral<OfObject> implements OfObject {
        private static final long serialVersionUID = 1L;

        private final String value;

        Literal(String value) {
            this.value = value;
        }

        @Override
        public String value() {
            return value;
        }
    }
}
