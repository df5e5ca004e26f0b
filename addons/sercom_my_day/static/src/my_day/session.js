import {browser} from "@web/core/browser/browser";

/** Who is signed in on this phone, and the end of it. */

const CACHE = "sercom-my-day";
const SCOPE = "/my-day";
const LOGIN = "/my-day/login";

/**
 * User of the phone's session, by a cookie that the server keeps in step with it: also a page that
 * was kept on the phone knows at once that it is not theirs. 0 for nobody.
 */
export function getSignedInUserId() {
    const found = /(?:^|;\s*)sercom_my_day_user=(\d+)/.exec(document.cookie);
    return found ? Number(found[1]) : 0;
}

/** Take the kept page off the phone, with its photos and the key of its user. */
export async function forgetPage() {
    const registration = await navigator.serviceWorker?.getRegistration(SCOPE);
    await registration?.unregister();
    await globalThis.caches?.delete(CACHE);
}

export function openLogin() {
    browser.location.replace(LOGIN);
}

export function reopenPage() {
    browser.location.replace(SCOPE);
}
