/** The jobs that wait for someone, most urgent first, and the slots proposed for one of them. */
import {browser} from "@web/core/browser/browser";
import {readAppointment} from "./board_model";
import {addDays} from "./board_time";

const PAGE = 80;
const SEARCH_DELAY = 300;
const SLOT_DAYS = 14;

/** What each filter of the tray asks for. */
export const TRAY_FILTERS = {
    urgent: [["priority", "in", ["2", "3"]]],
    sla: [["sla_status", "in", ["late", "at_risk", "missed"]]],
};

export class BoardTray {
    constructor({orm, store}) {
        this.orm = orm;
        this.store = store;
        this.jobs = [];
        /** Appointments that nobody goes to yet. */
        this.events = [];
        this.total = 0;
        this.search = "";
        this.status = "loading";
        this.requests = 0;
        this.slots = null;
    }

    get filters() {
        return this.store.settings.trayFilters;
    }

    get domain() {
        const {urgent, sla, team, skill} = this.filters;
        return [
            ...(urgent ? TRAY_FILTERS.urgent : []),
            ...(sla ? TRAY_FILTERS.sla : []),
            ...(team ? [["team_id", "=", team]] : []),
            ...(skill ? [["skill_ids.name", "=", skill]] : []),
        ];
    }

    get isFiltered() {
        return Boolean(this.search || this.domain.length);
    }

    /** Ask again for as many as are shown. */
    async reload() {
        await this._fetch({offset: 0, limit: Math.max(PAGE, this.jobs.length)});
    }

    async loadMore() {
        await this._fetch({offset: this.jobs.length, limit: PAGE});
    }

    async _fetch({offset, limit}) {
        const request = ++this.requests;
        try {
            const {
                total,
                jobs,
                appointments = [],
            } = await this.orm.silent.call("sercom.scheduler", "get_unscheduled", [], {
                domain: this.domain,
                search: this.search,
                limit,
                offset,
            });
            if (request !== this.requests) {
                return;
            }
            this.total = total;
            if (!offset) {
                const {zone} = this.store.model;
                this.events = appointments.map((values) => readAppointment(values, zone));
            }
            this.jobs = offset ? [...this.jobs, ...jobs] : jobs;
            this.status = "ready";
        } catch (error) {
            if (request !== this.requests) {
                return;
            }
            this.status = "error";
            this.error = error.data?.message || error.message;
        }
        this.store.onChange();
    }

    setSearch(search) {
        this.search = search;
        browser.clearTimeout(this.timer);
        this.timer = browser.setTimeout(() => this.reload(), SEARCH_DELAY);
    }

    setFilter(values) {
        this.store.remember({trayFilters: {...this.filters, ...values}});
        this.status = "loading";
        this.reload();
    }

    get(jobId) {
        return this.jobs.find((job) => job.id === jobId);
    }

    getEvent(id) {
        return this.events.find((event) => event.id === id);
    }

    /** How many wait, jobs and appointments. */
    get count() {
        return this.total + this.events.length;
    }

    /** One person less is missing; a job that has all it asked for leaves the tray. */
    take(job) {
        const missing = job.missing - 1;
        this.jobs = missing
            ? this.jobs.map((other) => (other.id === job.id ? {...job, missing} : other))
            : this.jobs.filter((other) => other.id !== job.id);
        this.total -= missing ? 0 : 1;
    }

    // Free slots

    /** Ask for the best slots of a job, from today or the period shown, whichever is later. */
    async findSlots(job) {
        const {from} = this.store.period;
        const start = from > this.store.today ? from : this.store.today;
        this.slots = {job, status: "loading", list: [], from: start};
        this.store.onChange();
        const slots = this.slots;
        try {
            slots.list = await this.orm.call("sercom.scheduler", "find_slots", [
                job.id,
                start,
                addDays(start, SLOT_DAYS),
            ]);
            slots.status = "ready";
        } catch (error) {
            slots.status = "error";
            slots.error = error.data?.message || error.message;
        }
        if (this.slots === slots) {
            this.store.onChange();
        }
    }

    closeSlots() {
        this.slots = null;
        this.store.onChange();
    }

    destroy() {
        browser.clearTimeout(this.timer);
    }
}
