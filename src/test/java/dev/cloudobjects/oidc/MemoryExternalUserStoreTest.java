package dev.cloudobjects.oidc;

class MemoryExternalUserStoreTest extends ExternalUserStoreContract {

    @Override
    protected ExternalUserStore empty() {
        return new MemoryExternalUserStore();
    }
}
