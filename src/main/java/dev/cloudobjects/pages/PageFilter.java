package dev.cloudobjects.pages;

import jakarta.json.Json;
import jakarta.json.JsonReader;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.MappingMatch;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Set;

/**
 * Serves static files with a strong {@code ETag} and without {@code Last-Modified}. The container's {@code Last-Modified} is
 * the time of the build, so it answers 304 for a changed file with the same build time. Requests for servlets, and for
 * anything that is no file, go to the container.
 */
final class PageFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;

    private static final String ASK_AGAIN = "no-cache";
    private static final String ONE_YEAR = "public, max-age=31536000, immutable";
    private static final Set<MappingMatch> SERVLETS =
            Set.of(MappingMatch.EXACT, MappingMatch.PATH, MappingMatch.EXTENSION);

    private final transient ServletContext context;
    private final transient Tags tags;
    private final String version;

    PageFilter(ServletContext context) {
        this.context = context;
        this.tags = new Tags(context);
        this.version = version(context);
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        boolean asksForFile = request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
        if (!asksForFile || hasServlet(request)) {
            chain.doFilter(request, response);
            return;
        }
        String path = request.getServletPath() + (request.getPathInfo() == null ? "" : request.getPathInfo());
        if (path.length() <= 1 && address(request).equals(request.getContextPath())) {
            enter(request, response, "");
            return;
        }
        Optional<PagePath> page = PagePath.of(path, version);
        Optional<EntityTag> tag = page.isEmpty() ? Optional.empty() : tags.of(page.get().resource());
        if (tag.isPresent()) {
            serve(request, response, page.orElseThrow(), tag.get());
        } else if (isFolder(path)) {
            enter(request, response, path);
        } else {
            chain.doFilter(request, response);
        }
    }

    private static boolean hasServlet(HttpServletRequest request) {
        MappingMatch match = request.getHttpServletMapping().getMappingMatch();
        return match != null && SERVLETS.contains(match);
    }

    private void serve(HttpServletRequest request, HttpServletResponse response, PagePath page, EntityTag tag)
            throws IOException {
        response.setHeader("ETag", tag.value());
        response.setHeader("Cache-Control", page.permanent() ? ONE_YEAR : ASK_AGAIN);
        if (page.forOtherSites()) {
            // "*": the SDK is public and equal for all origins, so caches need one copy only. The setting
            // cloudobjects.origins decides which origins may use the server.
            response.setHeader("Access-Control-Allow-Origin", "*");
        }
        String held = request.getHeader("If-None-Match");
        if (held != null && tag.isNamedBy(held)) {
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            return;
        }
        response.setContentType(page.type());
        response.setContentLengthLong(tag.length());
        if (request.getMethod().equals("GET")) {
            try (InputStream content = context.getResourceAsStream(page.resource())) {
                content.transferTo(response.getOutputStream());
            }
        }
    }

    private boolean isFolder(String path) {
        Set<String> inside = path.isEmpty() || path.endsWith("/") ? null : context.getResourcePaths(path + "/");
        return inside != null && !inside.isEmpty();
    }

    /** Redirects to the folder's page by a relative URL. The container's absolute URL may have the wrong scheme behind a proxy. */
    private void enter(HttpServletRequest request, HttpServletResponse response, String folder) throws IOException {
        Optional<PagePath> page = PagePath.of(PagePath.welcomeOf(folder), version);
        if (page.isEmpty() || tags.of(page.get().resource()).isEmpty()) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        String address = address(request);
        String query = request.getQueryString() == null ? "" : "?" + request.getQueryString();
        response.setStatus(HttpServletResponse.SC_FOUND);
        response.setHeader("Cache-Control", ASK_AGAIN);
        response.setHeader("Location", "./" + address.substring(address.lastIndexOf('/') + 1) + "/" + query);
    }

    private static String address(HttpServletRequest request) {
        return request.getRequestURI().replaceFirst(";.*", "");
    }

    private static String version(ServletContext context) {
        try (InputStream description = context.getResourceAsStream(PagePath.SDK + "package.json")) {
            if (description == null) {
                return "";
            }
            try (JsonReader reader = Json.createReader(description)) {
                return reader.readObject().getString("version", "");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
