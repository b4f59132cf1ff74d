package dev.cloudobjects.it.objects;

import dev.cloudobjects.api.CloudObject;
import dev.cloudobjects.api.CloudObjectException;
import jakarta.ejb.Stateless;
import jakarta.enterprise.context.Dependent;

/** A cloud object that is a session bean. */
@Stateless
@Dependent
@CloudObject("it/kh/stateless")
public class StatelessObject {

    public int next(int number) {
        return number + 1;
    }

    public void refuse() {
        throw new CloudObjectException(80, "refused");
    }
}
