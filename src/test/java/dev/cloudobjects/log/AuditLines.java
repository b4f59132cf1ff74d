package dev.cloudobjects.log;

/** Hears the audit log while it is open. */
public final class AuditLines extends LogLines {

    public AuditLines() {
        super("dev.cloudobjects.audit");
    }
}
