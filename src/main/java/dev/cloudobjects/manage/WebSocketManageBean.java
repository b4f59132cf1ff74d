package dev.cloudobjects.manage;

import dev.cloudobjects.api.WebSocketManage;
import dev.cloudobjects.reach.Reach;
import dev.cloudobjects.security.IdentityProvider;
import jakarta.annotation.PostConstruct;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.LocalBean;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The EJB singleton {@code WebSocketManage}: it makes the one service behind every {@link WebSocketManage} and hands out the
 * views of it. The container's proxy stands around {@link #of}, which is called once for each view; what a view does goes
 * straight to the service. So a send neither passes the container's interceptors nor has its exceptions wrapped, and it sees
 * the transaction of its caller as it is.
 */
@Singleton(name = "WebSocketManage")
@LocalBean
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.SUPPORTS)
public class WebSocketManageBean {

    @Inject
    Reach reach;

    @Inject
    IdentityProvider users;

    @Inject
    AfterCommit afterCommit;

    @Inject
    Views views;

    private final AtomicReference<@Nullable ManageService> service = new AtomicReference<>();

    /** Belongs to no transaction: the container allows none of its caller's here. */
    @PostConstruct
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    void start() {
        service.set(new ManageService(reach, users, afterCommit));
    }

    /**
     * A view of the service, for as many threads as there are.
     *
     * @param path the path of the object that it is preset to; {@code null} for that of the call in progress
     */
    public WebSocketManage of(@Nullable String path) {
        return views.of(Objects.requireNonNull(service.get(), "not started"), path);
    }
}
