package com.ibm.wsspi.bytebuffer;

/** Has the name and the methods of Liberty's. */
public interface WsByteBuffer {

    int remaining();

    WsByteBuffer get(byte[] bytes);

    void release();
}
