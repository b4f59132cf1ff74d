/**
 * {@code WebSocketManage}: the EJB singleton of that name, its views for objects and other beans, and signed urls.
 *
 * <p>It reaches connections through the port {@code reach} alone, wherever they are. Depends on {@code api}, {@code call},
 * {@code config}, {@code json}, {@code log}, {@code objects}, {@code reach} and {@code security}.
 */
@NullMarked
package dev.cloudobjects.manage;

import org.jspecify.annotations.NullMarked;
