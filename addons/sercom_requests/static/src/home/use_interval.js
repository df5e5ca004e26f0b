import {onMounted, onWillUnmount} from "@odoo/owl";
import {browser} from "@web/core/browser/browser";

/** Call back again and again while the component is on the screen. */
export function useInterval(callback, delay) {
    let timer = null;
    onMounted(() => {
        timer = browser.setInterval(callback, delay);
    });
    onWillUnmount(() => browser.clearInterval(timer));
}
