/**
 * The page in a real browser, against the application as it is deployed.
 *
 * <p>A test class extends {@link dev.cloudobjects.it.browser.InBrowser}, and asks its {@link
 * dev.cloudobjects.it.browser.Visitors} for as many visitors as it needs, each with a browser profile of its own. One
 * browser serves all of them. Nothing here sleeps: Playwright's assertions wait for what they assert.
 */
@NullMarked
package dev.cloudobjects.it.browser;

import org.jspecify.annotations.NullMarked;
