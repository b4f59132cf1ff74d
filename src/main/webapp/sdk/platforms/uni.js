import { miniPlatform } from "./mini.js";

/**
 * uni-app: any of its targets.
 *
 * @param {any} uni
 */
export function uniPlatform(uni) {
  // Alipay has one socket for a program unless it is asked for more.
  return miniPlatform(uni, "uni-app", { multiple: true });
}
