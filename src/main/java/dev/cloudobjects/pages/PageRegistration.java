package dev.cloudobjects.pages;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import java.util.EnumSet;

/** Registers the page filter after all declared filters, which annotations can't express: its answers need their headers. */
@WebListener
public class PageRegistration implements ServletContextListener {

    @Override
    public void contextInitialized(ServletContextEvent event) {
        ServletContext context = event.getServletContext();
        FilterRegistration.Dynamic pages = context.addFilter("cloud-objects-pages", new PageFilter(context));
        // The filter runs before asynchronous servlets, which may belong to an application.
        pages.setAsyncSupported(true);
        pages.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), true, "/*");
    }
}
