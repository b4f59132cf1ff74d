package dev.cloudobjects.misuse;

import dev.cloudobjects.api.CloudObject;
import jakarta.ejb.Stateless;
import jakarta.enterprise.context.Dependent;

/** Has a hook, which the container may run on another instance than the method. */
@Stateless
@Dependent
@CloudObject("misuse/session-bean")
public class HookedSessionBean {

    public void main() {}

    void _before() {}
}
