package dev.cloudobjects.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Deploys a bean, such as a cloud object or a filter, only where a configuration key says so. Elsewhere it does not
 * exist: its path answers 404.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface EnabledBy {

    /** The name of the key; read once, at deployment. */
    String value();

    /** What the key must say: {@code true}, or {@code false}, which it also says when it is not set. */
    boolean is() default true;
}
