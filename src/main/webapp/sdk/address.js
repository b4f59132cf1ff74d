/**
 * A parameter of an address. Not by `URL`, which mini programs lack.
 *
 * @param {string} address
 * @param {string} name
 */
export function parameter(address, name) {
  const found = address.match(new RegExp(`[?&]${name}=([^&#]*)`));
  return found ? decodeURIComponent(found[1].replace(/\+/g, " ")) : undefined;
}
