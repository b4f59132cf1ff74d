package dev.cloudobjects.it.objects;

import dev.cloudobjects.api.CloudObject;
import dev.cloudobjects.api.Data;
import dev.cloudobjects.api.History;
import dev.cloudobjects.api.Place;
import dev.cloudobjects.api.Result;
import dev.cloudobjects.api.Target;
import dev.cloudobjects.api.WebSocketManage;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Puts its clients into the group that they name, which keeps its messages, and lets them watch who is in it. */
@CloudObject("it/pub.company")
@ApplicationScoped
public class Company {

    @Inject
    WebSocketManage ws;

    @Inject
    CompanyChanges changes;

    public record Wish(String group, String name) {}

    public record Said(String group, String text) {}

    public void onWebsocketConnection(Wish wish) {
        ws.keep(wish.group(), History.last(50));
        ws.observe(Place.group(wish.group()));
        ws.presenceData(Data.of("name", wish.name()));
        ws.join(wish.group());
        ws.watch(Place.group(wish.group()));
    }

    /** Over HTTP. */
    public Result say(Said said) {
        return Result.ok("queued", ws.send(Target.group(said.group()), said.text()).queued());
    }

    /** Over HTTP. */
    public Result forget(Said said) {
        ws.forget(said.group());
        return Result.ok();
    }

    /** The changes of a group that the application was told. */
    public Result changes(Said said) {
        return Result.ok(
                "changes",
                changes.all().stream().filter(one -> one.startsWith(said.group() + " ")).toList());
    }

    /** Over HTTP. */
    public Result here(Said said) {
        return Result.ok("members", ws.here(Place.group(said.group()), null, 100).members().size());
    }
}
