package dev.cloudobjects.request;

import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Items that a publisher passes, on threads of its own, one after another. */
final class PublisherSource implements StreamSource, Flow.Subscriber<Object> {

    private final Flow.Publisher<?> publisher;
    private volatile @Nullable ResultStream to;
    private volatile Flow.@Nullable Subscription subscription;

    PublisherSource(Flow.Publisher<?> publisher) {
        this.publisher = publisher;
    }

    @Override
    @SuppressWarnings("unchecked") // a subscriber of any object takes whatever the publisher passes
    public void start(ResultStream stream) {
        to = stream;
        ((Flow.Publisher<Object>) publisher).subscribe(this);
    }

    @Override
    public void more(long count) {
        Flow.Subscription current = subscription;
        if (current != null) {
            current.request(count);
        }
    }

    @Override
    public void close() {
        Flow.Subscription current = subscription;
        if (current != null) {
            current.cancel();
        }
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        ResultStream stream = to;
        if (stream == null || subscription != null) {
            given.cancel();
            return;
        }
        subscription = given;
        stream.ready();
    }

    @Override
    public void onNext(Object item) {
        ResultStream stream = to;
        if (stream != null) {
            stream.item(item);
        }
    }

    @Override
    public void onError(Throwable failure) {
        ResultStream stream = to;
        if (stream != null) {
            stream.fail(failure);
        }
    }

    @Override
    public void onComplete() {
        ResultStream stream = to;
        if (stream != null) {
            stream.complete();
        }
    }
}
