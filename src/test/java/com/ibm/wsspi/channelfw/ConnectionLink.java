package com.ibm.wsspi.channelfw;

import org.jspecify.annotations.Nullable;

/** Has the name and the methods of Liberty's. */
public interface ConnectionLink {

    @Nullable Object getApplicationCallback();

    void close(VirtualConnection circuit, Exception failure);
}
