import {Component, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";

import {formatHours, formatTime, formatTimer, toDate} from "./format";
import {Icon} from "./icon";

/** What the technician is doing since when, and one tap to do something else. */
export class ClockBar extends Component {
    static template = "sercom_my_day.ClockBar";
    static components = {Icon};
    static props = {store: Object};

    setup() {
        this.store = useState(this.props.store);
    }

    get clock() {
        return this.store.shown.clock;
    }

    get state() {
        if (this.clock.on_break) {
            return "break";
        }
        return this.clock.since ? this.clock.work_type : "off";
    }

    get title() {
        return {
            work: _t("Working"),
            travel: _t("On the road"),
            other: _t("Other work"),
            break: _t("Break"),
            off: _t("Not clocked in"),
        }[this.state];
    }

    /** Job and client that the time is for. */
    get job() {
        const {job_id, job_name} = this.clock;
        if (!job_id || this.state === "off") {
            return "";
        }
        return [job_name, this.store.getClient(job_id)].filter(Boolean).join(" · ");
    }

    get since() {
        return this.clock.since || this.clock.break_since;
    }

    get sinceText() {
        return _t("since %s", formatTime(this.since, this.store.zone));
    }

    get timer() {
        return formatTimer((this.store.serverNow - toDate(this.since)) / 1000);
    }

    get today() {
        const {hours_today, since, now} = this.clock;
        const passed = since ? (this.store.serverNow - toDate(now)) / 3600000 : 0;
        return formatHours(hours_today + passed);
    }

    get waiting() {
        return this.store.outbox.filter((action) => !action.message).length;
    }

    start(workType) {
        this.store.punch("start", {work_type: workType});
    }

    resume() {
        const {job_id, work_type} = this.clock;
        this.store.punch("start", {job_id: job_id || undefined, work_type: work_type || "work"});
    }
}
