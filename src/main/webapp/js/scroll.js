// Lists that grow at their end stay there, unless somebody has scrolled away from it.

const LISTS = ["messages", "frame-list"];
const NEAR = 48;

/** Remembers which lists are at their end; the function it gives takes them there again. */
export function atTheEnd() {
    const before = LISTS.map((id) => document.getElementById(id));
    const follows = before.map((list) => list === null || list.scrollHeight - list.scrollTop - list.clientHeight < NEAR);
    return (always) => {
        LISTS.forEach((id, index) => {
            const list = document.getElementById(id);
            if (list !== null && (follows[index] || list !== before[index] || always.includes(id))) {
                list.scrollTop = list.scrollHeight;
            }
        });
    };
}
