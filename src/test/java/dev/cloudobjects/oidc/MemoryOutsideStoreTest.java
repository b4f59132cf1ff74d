package dev.cloudobjects.oidc;

class MemoryOutsideStoreTest extends OutsideStoreContract {

    @Override
    protected OutsideStore empty() {
        return new MemoryOutsideStore();
    }
}
