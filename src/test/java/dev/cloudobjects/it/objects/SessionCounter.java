package dev.cloudobjects.it.objects;

import jakarta.servlet.annotation.WebListener;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionListener;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the HTTP sessions that the container ever made for the application. */
@WebListener
public class SessionCounter implements HttpSessionListener {

    private static final AtomicInteger MADE = new AtomicInteger();

    static int count() {
        return MADE.get();
    }

    @Override
    public void sessionCreated(HttpSessionEvent event) {
        MADE.incrementAndGet();
    }
}
