/**
 * uni-app: any of its targets.
 *
 * @param {any} uni
 */
export function uniPlatform(uni: any): import("../types.js").Platform;
