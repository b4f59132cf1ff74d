package dev.cloudobjects.demo;

import dev.cloudobjects.api.Sys;
import jakarta.enterprise.context.ApplicationScoped;

/** What only those may do who pass the sys filter: its annotation guards any bean that a call reaches. */
@ApplicationScoped
class ForeignTargets {

    @Sys
    void allow() {
        // Getting here is the permission.
    }
}
