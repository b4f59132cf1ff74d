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
 * A strong {@code ETag}: a hash of the content.
 *
 * @param value with its quotation marks
 * @param length of the content, in bytes
 */
record EntityTag(String value, long length) {

    private static final Pattern TAG = Pattern.compile("(?:W/)?(\"[\\x21\\x23-\\x7e\\x80-\\xff]*\")");
    /** 128 bits of the hash: none of the files is written to collide with another. */
    private static final int BYTES = 16;

    /** Reads the content to its end. */
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
     * Whether {@code If-None-Match} names it. The comparison is the weak one, as RFC 9110 has it for this header: who
     * compresses on the way makes the tag a weak one.
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
