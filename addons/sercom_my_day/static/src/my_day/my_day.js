import {Component, onMounted, onWillUnmount, useExternalListener, useState} from "@odoo/owl";

import {ClockBar} from "./clock_bar";
import {ClosedScreen} from "./closed_screen";
import {DayScreen} from "./day_screen";
import {JobScreen} from "./job_screen";
import {OutboxScreen} from "./outbox_screen";
import {Question} from "./question";
import {StatusBar} from "./status_bar";

const TICK = 1000;

/** The page: the clock on top, one screen below, and questions over both. */
export class MyDay extends Component {
    static template = "sercom_my_day.MyDay";
    static components = {
        ...{ClockBar, ClosedScreen, DayScreen, JobScreen},
        ...{OutboxScreen, Question, StatusBar},
    };
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
        // A page that the browser kept in its memory is as it was before somebody signed out.
        useExternalListener(window, "pageshow", () => store.checkSession());
        // A notice was tapped that is about a job.
        useExternalListener(navigator.serviceWorker || window, "message", ({data}) => {
            if (data?.open !== undefined) {
                window.location.hash = data.open;
                this.wake();
            }
        });
        onMounted(() => (this.timer = setInterval(() => this.tick(), TICK)));
        onWillUnmount(() => clearInterval(this.timer));
    }

    tick() {
        this.store.now = Date.now();
        this.store.checkSession();
    }

    wake() {
        if (this.store.checkSession()) {
            this.store.queue?.flush();
            this.store.refresh();
        }
    }

    get screen() {
        return {job: JobScreen, outbox: OutboxScreen}[this.store.screen.name] || DayScreen;
    }
}
