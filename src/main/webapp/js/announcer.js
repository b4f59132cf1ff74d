// Tells a screen reader what came, without talking over itself: one message in its words, several as a number.

const PAUSE_MS = 1_500;

export function createAnnouncer(region, word) {
    let waiting = [];
    let timer = 0;

    function flush() {
        timer = 0;
        region.textContent = waiting.length === 1 ? waiting[0] : word(waiting.length);
        waiting = [];
    }

    return {
        announce(text) {
            waiting.push(text);
            timer ||= setTimeout(flush, PAUSE_MS);
        },
    };
}
