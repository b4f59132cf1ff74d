package dev.cloudobjects.demo;

import dev.cloudobjects.api.Sys;
import jakarta.enterprise.context.ApplicationScoped;

/** A guarded bean: its annotation makes the sys filter check each call of it. */
@ApplicationScoped
class ForeignTargets {

    @Sys
    void allow() {
        // The filter has checked the call.
    }
}
