package dev.cloudobjects.observe.microprofile;

import dev.cloudobjects.objects.ObjectDirectory;
import dev.cloudobjects.objects.ObjectMethod;
import dev.cloudobjects.objects.ObjectModel;
import dev.cloudobjects.routing.Access;
import jakarta.enterprise.inject.spi.CDI;
import java.util.List;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASModelReader;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.parameters.RequestBody;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;

/** Builds the document of {@code /openapi}: the callable methods of the deployed objects, and {@code /connect}. */
public class CloudObjectsModel implements OASModelReader {

    private static final String JSON = "application/json";
    private static final String TOKEN = "token";
    private static final String ANSWER = "Answer";

    @Override
    public OpenAPI buildModel() {
        OpenAPI model = OASFactory.createOpenAPI()
                .info(OASFactory.createInfo().title("Cloud Objects").version("1"))
                .paths(OASFactory.createPaths().addPathItem("/connect", connect()))
                .components(OASFactory.createComponents()
                        .addSchema(ANSWER, answer())
                        .addSecurityScheme(
                                TOKEN,
                                OASFactory.createSecurityScheme()
                                        .type(SecurityScheme.Type.HTTP)
                                        .scheme("bearer")
                                        .bearerFormat("JWT")));
        for (ObjectModel object : CDI.current().select(ObjectDirectory.class).get().all()) {
            for (ObjectMethod method : object.callables().values()) {
                model.getPaths()
                        .addPathItem("/http/router/" + object.path() + "." + method.name(), call(object, method));
            }
        }
        return model;
    }

    private static PathItem call(ObjectModel object, ObjectMethod method) {
        Operation operation = OASFactory.createOperation()
                .operationId(object.path() + "." + method.name())
                .addTag(object.path())
                .responses(answers());
        if (method.parameter() != null) {
            operation.requestBody(body(Schemas.of(method.parameter())));
        }
        if (method.rule().access() != Access.PUB) {
            operation.addSecurityRequirement(OASFactory.createSecurityRequirement().addScheme(TOKEN));
        }
        return OASFactory.createPathItem().POST(operation);
    }

    private static PathItem connect() {
        Schema wish = OASFactory.createSchema()
                .addType(SchemaType.OBJECT)
                .addProperty("url", text().description("Path of the cloud object"))
                .addProperty("channel", text())
                .addProperty("protocol", text())
                .addProperty("encrypt", OASFactory.createSchema().addType(SchemaType.BOOLEAN))
                .required(List.of("url"));
        return OASFactory.createPathItem()
                .POST(OASFactory.createOperation()
                        .operationId("connect")
                        .description("Gives an address to connect to, with a ticket in it. A pub object needs no token.")
                        .requestBody(body(wish))
                        .responses(answers())
                        .addSecurityRequirement(OASFactory.createSecurityRequirement().addScheme(TOKEN)));
    }

    private static Schema answer() {
        return OASFactory.createSchema()
                .addType(SchemaType.OBJECT)
                .description("What the method answers; code is 0 for success")
                .addProperty("code", OASFactory.createSchema().addType(SchemaType.INTEGER))
                .addProperty("msg", text())
                .addProperty("requestId", text().description("Names a failed call in the log of the server"))
                // additionalProperties is not set, because true is the default and Open Liberty fails on it when it merges the
                // documents of several applications.
                .required(List.of("code", "msg"));
    }

    private static RequestBody body(Schema schema) {
        return OASFactory.createRequestBody()
                .content(OASFactory.createContent()
                        .addMediaType(JSON, OASFactory.createMediaType().schema(schema)));
    }

    private static APIResponses answers() {
        return OASFactory.createAPIResponses()
                .addAPIResponse(
                        APIResponses.DEFAULT,
                        OASFactory.createAPIResponse()
                                .description("The answer; clients go by its code")
                                .content(OASFactory.createContent()
                                        .addMediaType(
                                                JSON,
                                                OASFactory.createMediaType()
                                                        .schema(OASFactory.createSchema().ref(ANSWER)))));
    }

    private static Schema text() {
        return OASFactory.createSchema().addType(SchemaType.STRING);
    }
}
