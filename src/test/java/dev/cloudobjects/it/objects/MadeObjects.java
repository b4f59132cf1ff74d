package dev.cloudobjects.it.objects;

import dev.cloudobjects.api.CloudObject;
import dev.cloudobjects.api.Kh;
import dev.cloudobjects.api.Result;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Objects of each scope. They note in the journal of a device named after the scope when they are made and destroyed. */
final class MadeObjects {

    private MadeObjects() {}

    public abstract static class Made {

        private int calls;

        protected Made() {
            note("constructed");
        }

        abstract String scope();

        @PostConstruct
        void prepare() {
            note("prepared");
        }

        @PreDestroy
        void end() {
            note("destroyed");
        }

        public Result main() {
            calls++;
            return Result.ok("calls", calls);
        }

        private void note(String entry) {
            Journal.note("made-" + scope(), entry);
        }
    }

    @CloudObject("it/kh/made-request")
    public static class OfRequest extends Made {
        @Override
        String scope() {
            return "request";
        }
    }

    @CloudObject("it/pub.made-event")
    public static class OfEvent extends Made {
        @Override
        String scope() {
            return "event";
        }

        public void onWebsocketConnection() {}

        @Kh
        public void onWebsocketMessage() {}

        public void onWebsocketDisConnection() {}
    }

    @ApplicationScoped
    @CloudObject("it/kh/made-application")
    public static class OfApplication extends Made {
        @Override
        String scope() {
            return "application";
        }
    }

    @Singleton
    @CloudObject("it/kh/made-singleton")
    public static class OfSingleton extends Made {
        @Override
        String scope() {
            return "singleton";
        }
    }

    @Dependent
    @CloudObject("it/kh/made-dependent")
    public static class OfDependent extends Made {

        @Inject
        UnproxiedSingleton part;

        @Override
        String scope() {
            return "dependent";
        }
    }

    /** What a dependent object has of its own. */
    @Dependent
    public static class UnproxiedSingleton {

        @PreDestroy
        void end() {
            Journal.note("made-dependent", "part destroyed");
        }
    }
}
