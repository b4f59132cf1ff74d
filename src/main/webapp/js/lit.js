// The view library, from its WebJar. The version stands here and in pom.xml; a test compares them.
export { html, nothing, render, svg } from "../webjars/lit-html/3.3.2/lit-html.js";
export { guard } from "../webjars/lit-html/3.3.2/directives/guard.js";
export { live } from "../webjars/lit-html/3.3.2/directives/live.js";
export { ref } from "../webjars/lit-html/3.3.2/directives/ref.js";
export { repeat } from "../webjars/lit-html/3.3.2/directives/repeat.js";
