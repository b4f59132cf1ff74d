package dev.cloudobjects.boot;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;

/**
 * Produces the container's {@code ManagedThreadFactory} for injection. Without this producer Open Liberty produces it, and
 * keeps the first application of each name in memory. Not in the jar of classes, because an application that depends on the
 * jar may have its own producer.
 */
@Dependent
class DefaultThreads {

    @Resource
    ManagedThreadFactory threads;

    @Produces
    ManagedThreadFactory threads() {
        return threads;
    }
}
