package dev.cloudobjects.misuse;

import dev.cloudobjects.api.CloudObject;

/** Has a path that the application's own login has. */
@CloudObject("user/pub/login")
public class TakenPath {

    public void main() {}
}
