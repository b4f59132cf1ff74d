package dev.cloudobjects.misuse;

import dev.cloudobjects.api.CloudObject;

/** Has a method whose parameters a caller could not tell apart. */
@CloudObject("misuse/two-parameters")
public class TwoParameters {

    public void add(int one, int two) {}
}
