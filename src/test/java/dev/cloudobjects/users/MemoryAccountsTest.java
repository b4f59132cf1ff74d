package dev.cloudobjects.users;

class MemoryAccountsTest extends AccountStoreContract {

    @Override
    protected AccountStore empty() {
        return new MemoryAccounts();
    }
}
