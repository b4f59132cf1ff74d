/** The server has the SDK at `sdk/` and at `sdk/<version>/`. */
const SERVED = /^(https?:\/\/.*\/)sdk\/(\d+\.[^/]*\/)?platforms\/[^/]*$/;

/**
 * The address of this module; nothing in a bundle whose format has none.
 *
 * @returns {string | undefined}
 */
export function ownAddress() {
  try {
    return import.meta.url;
  } catch {
    // In a try, because esbuild warns of an empty `import.meta` elsewhere.
    return undefined;
  }
}

/**
 * Where the application is, if this module was loaded from its server. In a bundle the address is that of the bundle, or of a
 * file on the machine that built it, which says nothing of the application.
 *
 * @param {string | undefined} [address]
 */
export function servedFrom(address = ownAddress()) {
  const found = SERVED.exec(address ?? "")?.[1];
  return found?.includes("/node_modules/") ? undefined : found;
}
