import { miniPlatform } from "./mini.js";

/** @import {Platform} from "../types.js" */

/**
 * uni-app: any of its targets. The server is told what vk-unicloud tells: the target (`h5`, `mp-weixin`, `app`, …), the application's id
 * of `manifest.json`, the system and the language by uni's names.
 *
 * @param {any} uni
 * @returns {Platform}
 */
export function uniPlatform(uni) {
  const { uniPlatform: target, appId, appLanguage } = { ...uni.getSystemInfoSync?.(), ...uni.getAppBaseInfo?.() };
  // Alipay has one socket for a program unless it is asked for more.
  const platform = miniPlatform(uni, target === "web" ? "h5" : target || "uni-app", { multiple: true });
  return { ...platform, appid: appId || undefined, locale: appLanguage || platform.locale };
}
