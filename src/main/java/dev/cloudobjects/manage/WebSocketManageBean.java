package dev.cloudobjects.manage;

import dev.cloudobjects.api.WebSocketManage;
import dev.cloudobjects.reach.GroupHistories;
import dev.cloudobjects.reach.Presences;
import dev.cloudobjects.reach.Reach;
import dev.cloudobjects.security.IdentityProvider;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.LocalBean;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;

/**
 * The EJB singleton {@code WebSocketManage}: it makes the service behind every {@link WebSocketManage} and hands out the
 * views of it. The container's proxy stands around {@link #of}, which is called once for each view; what a view does goes
 * straight to the service. So a send neither passes the container's interceptors nor has its exceptions wrapped, and it sees
 * the transaction of its caller as it is.
 *
 * <p>It has no {@code @PostConstruct}: with one, Open Liberty 26.0.0.5 keeps the class loader of an application that was
 * replaced ({@code SeveralApplicationsIT}).
 */
@Singleton(name = "WebSocketManage")
@LocalBean
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.SUPPORTS)
public class WebSocketManageBean {

    @Inject
    Reach reach;

    @Inject
    GroupHistories histories;

    @Inject
    Presences presences;

    @Inject
    IdentityProvider users;

    @Inject
    AfterCommit afterCommit;

    @Inject
    Views views;

    /**
     * A view of the service, for as many threads as there are.
     *
     * @param path the path of the object that it is preset to; {@code null} for that of the call in progress
     */
    public WebSocketManage of(@Nullable String path) {
        return views.of(new ManageService(reach, histories, presences, users, afterCommit), path);
    }
}
