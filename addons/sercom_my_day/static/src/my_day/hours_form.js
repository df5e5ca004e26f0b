import {Component, useState} from "@odoo/owl";

import {formatDay, toClock} from "./format";
import {getWorkTypeName} from "./hours";

const FIELDS = ["start", "end", "job_id", "work_type", "reason"];

/** What an entry of the clock should have been, or one that is missing: for the supervisor. */
export class HoursForm extends Component {
    static template = "sercom_my_day.HoursForm";
    static props = {store: Object, question: Object};

    setup() {
        this.store = useState(this.props.store);
        this.formatDay = formatDay;
        this.state = useState({...this.known, ...this.draft, isBusy: false});
    }

    get day() {
        return this.props.question.day;
    }

    get entry() {
        return this.props.question.entry;
    }

    /** The day of the entry's start, which is not that of its end where it was a night's. */
    get date() {
        return this.entry ? toClock(this.entry.start, this.store.zone).date : this.day.date;
    }

    /** What the clock says now; of several jobs of the day none is guessed. */
    get known() {
        const {entry, store} = this;
        const [job] = this.day.jobs.length === 1 ? this.day.jobs : [];
        return entry
            ? {
                  start: toClock(entry.start, store.zone).time,
                  end: entry.end ? toClock(entry.end, store.zone).time : "",
                  job_id: String(entry.job_id || ""),
                  work_type: entry.work_type,
                  reason: "",
              }
            : {start: "", end: "", job_id: String(job?.id || ""), work_type: "work", reason: ""};
    }

    // What is typed is kept until it is sent

    get draftName() {
        return `entry_${this.entry?.id || this.day.date}`;
    }

    get draftText() {
        return this.store.drafts.get("hours", this.draftName);
    }

    get draft() {
        return this.draftText ? JSON.parse(this.draftText) : {};
    }

    type(name, ev) {
        this.state[name] = ev.target.value;
        const typed = Object.fromEntries(FIELDS.map((field) => [field, this.state[field]]));
        this.store.drafts.set("hours", this.draftName, JSON.stringify(typed));
    }

    /** Jobs of the day, and that of the entry. */
    get jobs() {
        const {entry} = this;
        const jobs = [...this.day.jobs];
        if (entry?.job_id && !jobs.some(({id}) => id === entry.job_id)) {
            jobs.push({id: entry.job_id, name: entry.job_name, client: entry.client});
        }
        return jobs;
    }

    get workTypes() {
        return ["work", "travel", "other"].map((id) => ({id, name: getWorkTypeName(id)}));
    }

    get isComplete() {
        const {start, end, reason} = this.state;
        const isRunning = this.entry && !this.entry.end;
        return Boolean(start && (end || isRunning) && reason.trim());
    }

    async propose() {
        if (this.state.isBusy) {
            return;
        }
        this.state.isBusy = true;
        const {start, end, work_type, reason} = this.state;
        const job = this.jobs.find(({id}) => String(id) === this.state.job_id);
        const text = this.draftText;
        await this.store.act({
            kind: "correction",
            ...{date: this.date, start, end: end || undefined, work_type, reason: reason.trim()},
            ...{attendance_id: this.entry?.id, job_id: job?.id, job_name: job?.name || ""},
            name: [formatDay(this.date), [start, end || "…"].join(" – ")].join(", "),
            draft_of: "hours",
            draft: {[this.draftName]: text},
        });
        this.props.question.answer(true);
    }
}
