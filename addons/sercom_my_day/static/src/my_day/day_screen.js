import {Component, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";

import {formatDay, formatMoment, formatTime} from "./format";
import {Icon} from "./icon";
import {VisitCard} from "./visit_card";

/** Visits of today, tomorrow, or the coming week, in order. */
export class DayScreen extends Component {
    static template = "sercom_my_day.DayScreen";
    static components = {Icon, VisitCard};
    static props = {store: Object};

    setup() {
        this.store = useState(this.props.store);
        this.formatDay = formatDay;
    }

    get day() {
        return this.store.shown.day;
    }

    /** Days that are shown; the week leaves out days without visits. */
    get days() {
        const days = this.day?.days || [];
        return {
            today: days.slice(0, 1),
            tomorrow: days.slice(1, 2),
            week: days.slice(1).filter((day) => day.visits.length),
        }[this.store.span];
    }

    get spans() {
        const count = (from, to) =>
            (this.day?.days || []).slice(from, to).reduce((sum, day) => sum + day.visits.length, 0);
        return [
            {id: "today", name: _t("Today"), count: count(0, 1)},
            {id: "tomorrow", name: _t("Tomorrow"), count: count(1, 2)},
            {id: "week", name: _t("Week"), count: count(1)},
        ];
    }

    /** Time that was clocked without a job. */
    get jobless() {
        return this.store.span === "today" ? this.day.jobless || [] : [];
    }

    getJoblessText(entry) {
        const {zone} = this.store;
        const kind = entry.work_type === "travel" ? _t("Travel") : _t("Work");
        return `${kind}, ${formatMoment(entry.start, zone)} – ${formatTime(entry.end, zone)}`;
    }

    setJob(entry, job) {
        this.store.act({
            kind: "entry_job",
            attendance_id: entry.id,
            job_id: job.id,
            name: this.getJoblessText(entry),
        });
    }

    get emptyText() {
        return {
            today: _t("No visit is planned for you today. Call the office if you expected one."),
            tomorrow: _t("No visit is planned for you tomorrow yet."),
            week: _t("No visit is planned for you this coming week yet."),
        }[this.store.span];
    }

    /** Whether what is shown is of another day than today: the phone was long without network. */
    get isOld() {
        const {today, tz} = this.day;
        const parts = new Intl.DateTimeFormat("en-CA", {timeZone: tz});
        return parts.format(new Date(this.store.serverNow)) !== today;
    }
}
