package dev.cloudobjects.it;

import java.util.Objects;
import org.jboss.arquillian.container.spi.client.deployment.DeploymentScenario;
import org.jboss.arquillian.container.spi.event.DeployManagedDeployments;
import org.jboss.arquillian.container.spi.event.UnDeployManagedDeployments;
import org.jboss.arquillian.container.test.impl.client.deployment.event.GenerateDeployment;
import org.jboss.arquillian.core.api.InstanceProducer;
import org.jboss.arquillian.core.api.annotation.Inject;
import org.jboss.arquillian.core.api.annotation.Observes;
import org.jboss.arquillian.core.spi.EventContext;
import org.jboss.arquillian.core.spi.LoadableExtension;
import org.jboss.arquillian.test.spi.annotation.ClassScoped;
import org.jspecify.annotations.Nullable;

/**
 * Deploys once for all test classes, where Arquillian would once for each: the first class's deployment stays until the
 * server stops, and the later ones take it over.
 */
public class OneDeployment implements LoadableExtension {

    @Override
    public void register(ExtensionBuilder builder) {
        builder.observer(Keeper.class);
    }

    /** Stands in front of Arquillian's own handlers. */
    public static class Keeper {

        @Inject
        @ClassScoped
        private @Nullable InstanceProducer<DeploymentScenario> scenario;

        private @Nullable DeploymentScenario kept;

        /** Builds the archive for the first class only. */
        public void generate(@Observes EventContext<GenerateDeployment> event) {
            InstanceProducer<DeploymentScenario> ofClass = Objects.requireNonNull(scenario);
            if (kept == null) {
                event.proceed();
                kept = ofClass.get();
            } else {
                ofClass.set(kept);
            }
        }

        /** Deploys what is not deployed yet. */
        public void deploy(@Observes EventContext<DeployManagedDeployments> event) {
            if (kept == null || kept.deployedDeployments().isEmpty()) {
                event.proceed();
            }
        }

        /** Leaves it deployed. */
        public void undeploy(@Observes EventContext<UnDeployManagedDeployments> event) {}
    }
}
