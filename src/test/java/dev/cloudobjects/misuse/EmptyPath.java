package dev.cloudobjects.misuse;

import dev.cloudobjects.api.CloudObject;

/** Has no path. */
@CloudObject("")
public class EmptyPath {

    public void main() {}
}
