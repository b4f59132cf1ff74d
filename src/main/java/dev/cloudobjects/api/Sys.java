package dev.cloudobjects.api;

import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A logged-in user who has the role {@code admin}, or a permission of whose roles matches the url, may call.
 *
 * <p>On a method it is heavier than on the class, and on a class heavier than any rule that the names of path and
 * method imply. It also guards a bean that is not a cloud object when a call in progress reaches it.
 */
@InterceptorBinding
@Filtered
@Inherited
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface Sys {}
