package com.ibm.wsspi.channelfw;

import java.util.Map;

/** Has the name and the method of Liberty's. */
public interface VirtualConnection {

    Map<Object, Object> getStateMap();
}
