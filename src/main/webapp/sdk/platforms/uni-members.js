/**
 * What the SDK uses of uni, where there is one. Each member is written as `uni.name`: production builds of uni-app for H5
 * make an import of such an expression, and leave `uni` itself an empty object.
 *
 * @returns {any}
 */
export function foundUni() {
  if (typeof uni === "undefined") {
    return undefined;
  }
  return {
    connectSocket: uni.connectSocket,
    request: uni.request,
    getStorageSync: uni.getStorageSync,
    setStorageSync: uni.setStorageSync,
    removeStorageSync: uni.removeStorageSync,
    getSystemInfoSync: uni.getSystemInfoSync,
    getDeviceInfo: uni.getDeviceInfo,
    getAppBaseInfo: uni.getAppBaseInfo,
    onNetworkStatusChange: uni.onNetworkStatusChange,
    offNetworkStatusChange: uni.offNetworkStatusChange,
    onAppShow: uni.onAppShow,
    offAppShow: uni.offAppShow,
    onAppHide: uni.onAppHide,
    offAppHide: uni.offAppHide,
    showLoading: uni.showLoading,
    hideLoading: uni.hideLoading,
    showToast: uni.showToast,
    navigateTo: uni.navigateTo,
  };
}

/**
 * Makes a value a member of uni, where there is one: `uni.vk`.
 *
 * @param {unknown} vk
 */
export function hangOnUni(vk) {
  if (typeof uni !== "undefined") {
    uni.vk = vk;
  }
}
