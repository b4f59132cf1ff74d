package dev.cloudobjects.json;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a JSON text is at its top.
 *
 * @param first the first character of the value: <code>{</code> for an object
 * @param members the members of the root object, in order; empty when the root is something else
 */
public record JsonOutline(char first, List<Member> members) {

    /**
     * A member of the root object. It holds on to the whole text; its value is cut out when asked for.
     *
     * @param name its name, unescaped
     * @param text the text that it is in
     * @param start where its value starts
     * @param end where its value ends
     */
    public record Member(String name, String text, int start, int end) {

        /** The text of its value. */
        public String value() {
            return text.substring(start, end);
        }
    }

    /** The member of that name, or {@code null}: asked for each frame, so without a wrapper. */
    public @Nullable Member find(String name) {
        for (Member member : members) {
            if (member.name.equals(name)) {
                return member;
            }
        }
        return null;
    }
}
