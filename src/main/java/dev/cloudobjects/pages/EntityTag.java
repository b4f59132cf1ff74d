package dev.cloudobjects.pages;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A strong {@code ETag}: a hash of the content. Immutable.
 *
 * @param value the tag, with quotation marks
 * @param length the length of the content, in bytes
 */
record EntityTag(String value, long length) {

    private static final Pattern TAG = Pattern.compile("(?:W/)?(\"[\\x21\\x23-\\x7e\\x80-\\xff]*\")");
    /** The number of hash bytes in the tag: 128 bits, enough against accidental collisions. */
    private static final int BYTES = 16;

    /** Computes the tag; reads the content to its end. */
    static EntityTag of(InputStream content) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            long length = new DigestInputStream(content, digest).transferTo(OutputStream.nullOutputStream());
            byte[] hash = Arrays.copyOf(digest.digest(), BYTES);
            return new EntityTag('"' + Base64.getUrlEncoder().withoutPadding().encodeToString(hash) + '"', length);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /**
     * Whether the header {@code If-None-Match} contains this tag. Uses the weak comparison, as RFC 9110 requires for this
     * header: proxies that compress make a tag weak.
     */
    boolean isNamedBy(String ifNoneMatch) {
        if (ifNoneMatch.strip().equals("*")) {
            return true;
        }
        Matcher tags = TAG.matcher(ifNoneMatch);
        while (tags.find()) {
            if (tags.group(1).equals(value)) {
                return true;
            }
        }
        return false;
    }
}
