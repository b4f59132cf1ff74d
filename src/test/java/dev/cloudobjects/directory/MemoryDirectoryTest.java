package dev.cloudobjects.directory;

class MemoryDirectoryTest extends ConnectionDirectoryContract {

    @Override
    protected ConnectionDirectory empty() {
        return new MemoryDirectory();
    }
}
