// Lets the SDK find the optional packages @noble/*, which the build puts where its tests are, as if they were installed.
import { registerHooks } from "node:module";

const tests = new URL("../../../target/js/", import.meta.url).href;

registerHooks({
  resolve: (specifier, context, next) =>
    next(specifier, specifier.startsWith("@noble/") ? { ...context, parentURL: tests } : context),
});
