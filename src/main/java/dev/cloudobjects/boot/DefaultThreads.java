package dev.cloudobjects.boot;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;

/**
 * The container's own factory of threads, for whoever injects it. Open Liberty produces it where an application does not, and
 * keeps the first application that it did so for under each name. It is not in the jar of classes, since an application that
 * depends on that may produce it itself.
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
