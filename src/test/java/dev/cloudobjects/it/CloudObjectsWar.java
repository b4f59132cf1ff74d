package dev.cloudobjects.it;

import java.io.File;
import org.jboss.shrinkwrap.api.Filters;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** The application as the build packed it, at the root of the server, plus the classes of this package. */
final class CloudObjectsWar {

    private static final String AT_ROOT =
            """
            <web-ext xmlns="http://websphere.ibm.com/xml/ns/javaee" version="1.1">
                <context-root uri="/"/>
            </web-ext>
            """;

    private CloudObjectsWar() {}

    static WebArchive packed() {
        return ShrinkWrap.create(ZipImporter.class, "cloud-objects.war")
                .importFrom(new File(System.getProperty("it.war")))
                .as(WebArchive.class)
                .addAsWebInfResource(new StringAsset(AT_ROOT), "ibm-web-ext.xml")
                .addPackages(true, Filters.exclude(".*/it/(client|browser|floods)/.*"), CloudObjectsWar.class.getPackage());
    }
}
