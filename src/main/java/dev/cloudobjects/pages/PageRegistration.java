package dev.cloudobjects.pages;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import java.util.EnumSet;

/** Puts the filter behind all that are declared, which annotations can't: what it serves must have their headers. */
@WebListener
public class PageRegistration implements ServletContextListener {

    @Override
    public void contextInitialized(ServletContextEvent event) {
        ServletContext context = event.getServletContext();
        FilterRegistration.Dynamic pages = context.addFilter("cloud-objects-pages", new PageFilter(context));
        // It stands ahead of servlets that answer later, and those may be an application's.
        pages.setAsyncSupported(true);
        pages.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), true, "/*");
    }
}
