package dev.cloudobjects.observe;

/** The current values that are shown as metrics, each with the name and the description of its metric. */
public enum Gauge {
    CONNECTIONS_OPEN("connections.open", "WebSocket connections that are open, without sessions that are away"),
    SESSIONS_AWAY("sessions.away", "Sessions without a socket, kept for their client"),
    RESUME_BYTES("resume.bytes", "Bytes kept until clients confirm them, a message to many counted once"),
    HISTORY_GROUPS("history.groups", "Groups that keep their messages"),
    HISTORY_MESSAGES("history.messages", "Messages that groups keep"),
    HISTORY_BYTES("history.bytes", "Bytes of the messages that groups keep"),
    PRESENCE_PLACES("presence.places", "Places whose members are watched or observed"),
    QUEUE_BYTES("queue.bytes", "Bytes in the outbound queues"),
    THREADS_CLOSING("threads.closing", "Threads that close sockets or ping clients, including blocked ones"),
    CALLS_RUNNING("calls.running", "Running calls of methods and events");

    private final String metric;
    private final String help;

    Gauge(String metric, String help) {
        this.metric = metric;
        this.help = help;
    }

    /** The metric's name, without the prefix {@code cloudobjects}. */
    public String metric() {
        return metric;
    }

    /** The description of the metric. */
    public String help() {
        return help;
    }
}
