import {callServer} from "./server";

/** Notices of new, moved and cancelled visits while the page is closed, where the firm has them. */
export class Push {
    /** @param {string} key of the firm's web push; empty where it has none */
    constructor(key) {
        this.key = key;
        this.canAsk = false; // whether the technician may be asked to allow it
    }

    get manager() {
        return navigator.serviceWorker.ready.then(({pushManager}) => pushManager);
    }

    /** After each start of the page: the browser may have changed the phone's address. */
    async start() {
        if (!this.key || !("PushManager" in window) || !("Notification" in window)) {
            return;
        }
        this.canAsk = Notification.permission === "default";
        if (Notification.permission === "granted") {
            await this._register();
        }
    }

    /** Ask the technician, in the browser's own words. */
    async ask() {
        this.canAsk = false;
        if ((await Notification.requestPermission()) === "granted") {
            await this._register();
        }
    }

    /** Who signs out hears nothing more on this phone. */
    async stop() {
        const registration = await navigator.serviceWorker?.getRegistration("/my-day");
        const subscription = await registration?.pushManager?.getSubscription();
        if (subscription) {
            await callServer("unregister_phone", {endpoint: subscription.endpoint}).catch(() => {});
            await subscription.unsubscribe();
        }
    }

    async _register() {
        try {
            const subscription = await (
                await this.manager
            ).subscribe({userVisibleOnly: true, applicationServerKey: this.key});
            const {endpoint, keys} = subscription.toJSON();
            await callServer("register_phone", {endpoint, keys});
        } catch {
            // Without network, or where the browser's maker is not reached: at the next start.
        }
    }
}
