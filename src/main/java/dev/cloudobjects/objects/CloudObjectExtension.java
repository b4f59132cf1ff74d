package dev.cloudobjects.objects;

import dev.cloudobjects.api.CloudObject;
import dev.cloudobjects.api.EnabledBy;
import dev.cloudobjects.config.Switches;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.AfterDeploymentValidation;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.DeploymentException;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessAnnotatedType;
import jakarta.enterprise.inject.spi.ProcessSessionBean;
import jakarta.enterprise.inject.spi.WithAnnotations;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds the cloud objects when the application is deployed. It fails the deployment when one breaks the rules, and it does so
 * before any bean is made, because a bean could leave something open.
 */
public class CloudObjectExtension implements Extension {

    private final Set<Class<?>> sessionBeans = ConcurrentHashMap.newKeySet();
    private volatile ObjectDirectory objects = ObjectDirectory.EMPTY;

    <T> void leaveOut(@Observes @WithAnnotations(EnabledBy.class) ProcessAnnotatedType<T> type) {
        EnabledBy condition = type.getAnnotatedType().getAnnotation(EnabledBy.class);
        if (condition != null && Switches.isOn(condition.value()) != condition.is()) {
            type.veto();
        }
    }

    <T> void note(@Observes ProcessSessionBean<T> bean) {
        sessionBeans.add(bean.getBean().getBeanClass());
    }

    void validate(@Observes AfterDeploymentValidation deployment, BeanManager beans) {
        List<ObjectModel> models = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (Bean<?> bean : beans.getBeans(Object.class, Any.Literal.INSTANCE)) {
            if (bean.getQualifiers().stream().anyMatch(CloudObject.class::isInstance)) {
                try {
                    models.add(read(bean.getBeanClass()));
                } catch (IllegalArgumentException e) {
                    problems.add(e.getMessage());
                }
            }
        }
        try {
            objects = ObjectDirectory.of(models);
        } catch (IllegalArgumentException e) {
            problems.add(e.getMessage());
        }
        problems.forEach(problem -> deployment.addDeploymentProblem(new DeploymentException(problem)));
    }

    private ObjectModel read(Class<?> type) {
        ObjectModel model = ObjectModelReader.read(type);
        if (sessionBeans.contains(type) && (model.before() != null || model.after() != null)) {
            throw new IllegalArgumentException("cloud object " + type.getName()
                    + ": a session bean has no hooks, because its container may give each method another instance");
        }
        return model;
    }

    /** The objects that were found. */
    ObjectDirectory objects() {
        return objects;
    }
}
