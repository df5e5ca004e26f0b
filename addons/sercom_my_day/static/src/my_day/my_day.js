import {Component, onMounted, onWillUnmount, useExternalListener, useState} from "@odoo/owl";

import {ClockBar} from "./clock_bar";
import {DayScreen} from "./day_screen";
import {JobScreen} from "./job_screen";
import {OutboxScreen} from "./outbox_screen";
import {StatusBar} from "./status_bar";

const TICK = 1000;

/** The page: the clock on top, one screen below, and questions over both. */
export class MyDay extends Component {
    static template = "sercom_my_day.MyDay";
    static components = {ClockBar, DayScreen, JobScreen, OutboxScreen, StatusBar};
    static props = {store: Object};

    setup() {
        this.store = useState(this.props.store);
        const {store} = this;
        useExternalListener(window, "hashchange", () => store.openFromHash());
        useExternalListener(window, "online", () => this.wake());
        useExternalListener(window, "offline", () => (store.connection = "no_network"));
        useExternalListener(document, "visibilitychange", () => {
            if (document.visibilityState === "visible") {
                this.wake();
            }
        });
        onMounted(() => (this.timer = setInterval(() => (store.now = Date.now()), TICK)));
        onWillUnmount(() => clearInterval(this.timer));
    }

    wake() {
        this.store.queue.flush();
        this.store.refresh();
    }

    get screen() {
        return {job: JobScreen, outbox: OutboxScreen}[this.store.screen.name] || DayScreen;
    }
}
