import {
    Component,
    onMounted,
    onWillUnmount,
    useEffect,
    useExternalListener,
    useRef,
    useState,
} from "@odoo/owl";
import {browser} from "@web/core/browser/browser";

import {ClockBar} from "./clock_bar";
import {ClosedScreen} from "./closed_screen";
import {DayScreen} from "./day_screen";
import {HoursScreen} from "./hours_screen";
import {JobScreen} from "./job_screen";
import {Notices} from "./notices";
import {OutboxScreen} from "./outbox_screen";
import {Question} from "./question";
import {StatusBar} from "./status_bar";

const TICK = 1000;

/** The page: the clock on top, one screen below, and questions over both. */
export class MyDay extends Component {
    static template = "sercom_my_day.MyDay";
    static components = {
        ...{ClockBar, ClosedScreen, DayScreen, HoursScreen, JobScreen, Notices, OutboxScreen},
        ...{Question, StatusBar},
    };
    static props = {store: Object};

    setup() {
        this.store = useState(this.props.store);
        const {store} = this;
        useExternalListener(window, "popstate", () => store.openFromHash());
        useExternalListener(window, "online", () => this.wake());
        useExternalListener(window, "offline", () => (store.connection = "no_network"));
        useExternalListener(document, "visibilitychange", () => {
            if (document.visibilityState === "visible" && this.isRenewed) {
                browser.location.reload(); // what is typed is kept, and nobody was about to tap
            } else if (document.visibilityState === "visible") {
                this.wake();
            } else {
                store.queue?.sendAll(); // nobody takes back what they do not see
            }
        });
        // A page that the browser kept in its memory is as it was before somebody signed out.
        useExternalListener(window, "pageshow", () => store.checkSession());
        // A notice was tapped that is about a job; or the server has a newer page.
        useExternalListener(navigator.serviceWorker || window, "message", ({data}) => {
            this.isRenewed ||= Boolean(data?.isRenewed);
            if (data?.open !== undefined) {
                store.open(data.open ? "job" : "day", data.open);
                this.wake();
            }
        });
        const page = useRef("page");
        store.getScroll = () => page.el?.scrollTop;
        useEffect(
            () => {
                page.el?.scrollTo(0, store.scrollBefore);
            },
            () => [store.screen.name, store.screen.jobId, store.screen.tab]
        );
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
        const screens = {hours: HoursScreen, job: JobScreen, outbox: OutboxScreen};
        return screens[this.store.screen.name] || DayScreen;
    }
}
