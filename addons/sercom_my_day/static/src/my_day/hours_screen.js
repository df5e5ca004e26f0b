import {Component, onMounted, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";

import {
    addDays,
    formatDates,
    formatDay,
    formatHours,
    formatSpan,
    formatTime,
    toDate,
} from "./format";
import {getEntryStateName, getWorkTypeName, loadHours} from "./hours";
import {HoursForm} from "./hours_form";
import {Icon} from "./icon";

/** The technician's own hours, week by week, with what is decided and what is proposed. */
export class HoursScreen extends Component {
    static template = "sercom_my_day.HoursScreen";
    static components = {Icon};
    static props = {store: Object};

    setup() {
        this.store = useState(this.props.store);
        this.state = useState({start: "", isBusy: false});
        Object.assign(this, {formatDay, formatHours, getEntryStateName});
        // What is kept shows meanwhile. Not before it is mounted: new data would begin it again.
        onMounted(() => this.load());
    }

    async load(date) {
        this.state.isBusy = true;
        await loadHours(this.store, date);
        this.state.isBusy = false;
    }

    get hours() {
        return this.store.shown.hours;
    }

    /** The week that is shown: the one of today until another one is chosen. */
    get week() {
        const weeks = this.hours?.weeks || {};
        return weeks[this.state.start || this.thisWeek];
    }

    get thisWeek() {
        const {weeks = {}, today} = this.hours || {};
        return Object.keys(weeks).find((start) => start <= today && today <= weeks[start].end);
    }

    get start() {
        return this.state.start || this.thisWeek;
    }

    get weekText() {
        return formatDates(this.start, addDays(this.start, 6));
    }

    /** Hours that a running clock has added since they were read. */
    get passed() {
        return (this.store.serverNow - toDate(this.hours.now)) / 3600000;
    }

    get total() {
        return formatHours(this.days.reduce((sum, day) => sum + this.getHours(day), 0));
    }

    getHours(day) {
        const isRunning = day.entries.some((entry) => entry.state === "running");
        return day.hours + (isRunning && day.date === this.hours.today ? this.passed : 0);
    }

    /** Days up to today, the latest first. */
    get days() {
        return this.week.days.filter((day) => day.date <= this.hours.today).reverse();
    }

    async move(weeks) {
        this.state.start = addDays(this.start, 7 * weeks);
        if (!this.week) {
            await this.load(this.state.start);
        }
    }

    /** What was clocked and is not sent yet is in no list. */
    get hasWaiting() {
        return this.store.outbox.some(({kind, message}) => kind === "punch" && !message);
    }

    // Entries

    getSpan(entry) {
        if (!entry.start) {
            return entry.correction.text;
        }
        const {zone} = this.store;
        return entry.end
            ? formatSpan(entry.start, entry.end, zone)
            : `${formatTime(entry.start, zone)} – …`;
    }

    getWhat(entry) {
        const job = [entry.job_name, entry.client].filter(Boolean).join(" · ");
        return [entry.work_type === "work" && job ? "" : getWorkTypeName(entry.work_type), job]
            .filter(Boolean)
            .join(" · ");
    }

    /** What is proposed for an entry, and what became of it. */
    getCorrectionText({correction, state}) {
        if (!correction) {
            return "";
        }
        if (correction.state === "sending") {
            return state === "missing"
                ? _t("Waits to be sent: %s", correction.reason)
                : _t("Correction waits to be sent: %s", correction.text);
        }
        if (state === "missing") {
            return correction.state === "refused"
                ? [_t("Refused by your supervisor."), correction.note].filter(Boolean).join(" ")
                : _t("Your supervisor decides: %s", correction.reason);
        }
        const span = correction.end
            ? formatSpan(correction.start, correction.end, this.store.zone)
            : formatTime(correction.start, this.store.zone);
        const text = [span, correction.job_name].filter(Boolean).join(" · ");
        return correction.state === "refused"
            ? [_t("Correction refused: %s.", text), correction.note].filter(Boolean).join(" ")
            : _t("Correction proposed: %s. Your supervisor decides.", text);
    }

    /** Ask for what an entry should be, or for one that is missing on a day. */
    correct(day, entry) {
        this.store.ask({component: HoursForm, day, entry: entry?.id ? entry : undefined});
    }
}
