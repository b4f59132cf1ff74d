package dev.cloudobjects.it.client;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.net.http.HttpResponse;

/**
 * An answer over HTTP.
 *
 * @param response the response, its body as text
 */
public record Reply(HttpResponse<String> response) {

    public int status() {
        return response.statusCode();
    }

    public String text() {
        return response.body();
    }

    public JsonObject json() {
        try (JsonReader reader = Json.createReader(new StringReader(text()))) {
            return reader.readObject();
        }
    }

    public int code() {
        return json().getInt("code");
    }

    public String msg() {
        return json().getString("msg");
    }

    /** A text of the answer. */
    public String text(String name) {
        return json().getString(name);
    }

    /** This answer, if its code is 0; fails the test otherwise. */
    public Reply ok() {
        if (code() != 0) {
            throw new AssertionError(response.uri() + " answered " + status() + " " + text());
        }
        return this;
    }
}
