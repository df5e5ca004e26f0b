/**
 * The board's state and its talk with the server: period, data, refresh. Without DOM.
 *
 * What others change arrives over the bus: only the people concerned are asked for again, and
 * never while something is dragged or saved. An answer that one's own change has overtaken is
 * thrown away and asked for once more.
 */
import {browser} from "@web/core/browser/browser";
import {SCALES} from "./board_geometry";
import {BoardModel} from "./board_model";
import {addDays, formatUtc, startOfWeek} from "./board_time";
import {loadSettings, saveSettings} from "./board_settings";
import {BoardTray} from "./board_tray_store";

export const SCHEDULER = "sercom.scheduler";
const REFRESH_DELAY = 400;

export class BoardStore {
    /**
     * @param {Object} params
     * @param {Object} params.orm
     * @param {string} params.today the user's day
     * @param {() => void} params.onChange called after anything that shows has changed
     */
    constructor({orm, today, onChange}) {
        this.orm = orm;
        this.onChange = onChange;
        this.model = new BoardModel();
        this.settings = loadSettings(today);
        this.today = today;
        this.status = "loading";
        /** The scale of what is drawn: until the next one is loaded, the last one stays. */
        this.shownScale = this.scale;
        this.error = "";
        this.search = "";
        this.tray = new BoardTray({orm, store: this});
        this.loads = 0;
        this.changes = 0;
        this.pending = 0;
        this.held = false;
        this.dirty = new Set();
        this.isTrayDirty = false;
    }

    /** A phone shows one day, whatever scale is remembered for the desk. */
    get scale() {
        return this.isSmall ? "day" : this.settings.scale;
    }

    /** First day shown, and the day after the last. */
    get period() {
        const {scale} = this;
        const {date} = this.settings;
        const from = scale === "day" ? date : startOfWeek(date);
        return {from, to: addDays(from, SCALES[scale].days)};
    }

    remember(values) {
        Object.assign(this.settings, values, {seen: this.today});
        saveSettings(this.settings);
        this.onChange();
    }

    // Period

    async show(values) {
        this.remember(values);
        await this.load();
    }

    async shift(direction) {
        const days = this.scale === "month" ? 7 * 4 : SCALES[this.scale].days;
        await this.show({date: addDays(this.settings.date, direction * days)});
    }

    async load() {
        const id = ++this.loads;
        const {scale} = this;
        const {from, to} = this.period;
        this.status = "loading";
        // Who changes from here on may not be in the answer yet.
        this.dirty.clear();
        this.onChange();
        try {
            const data = await this.orm.call(SCHEDULER, "get_board", [from, to]);
            if (id === this.loads) {
                this.model.setBoard(data);
                this.shownScale = scale;
                this.today = data.today;
                this.status = "ready";
                if (this.dirty.size || this.isTrayDirty) {
                    this.scheduleRefresh();
                }
            }
        } catch (error) {
            if (id === this.loads) {
                this.status = "error";
                this.error = error.data?.message || error.message;
            }
        }
        this.onChange();
    }

    // What others change

    onBusMessage({employee_ids: employeeIds = [], date_from: from, date_to: to}) {
        const period = this.period;
        const start = formatUtc(this.model.zone.at(period.from, 0));
        const end = formatUtc(this.model.zone.at(period.to, 0));
        if (!from || (from < end && to > start)) {
            employeeIds.forEach((id) => this.dirty.add(id));
        }
        this.isTrayDirty = true;
        this.scheduleRefresh();
    }

    markDirty(employeeIds) {
        employeeIds.forEach((id) => this.dirty.add(id));
        this.isTrayDirty = true;
        this.scheduleRefresh(0);
    }

    scheduleRefresh(delay = REFRESH_DELAY) {
        browser.clearTimeout(this.timer);
        this.timer = browser.setTimeout(() => this.refresh(), delay);
    }

    /** Nothing is redrawn from the server between `hold` and `release`: something is in hand. */
    hold() {
        this.held = true;
    }

    release() {
        this.held = false;
        if (this.dirty.size || this.isTrayDirty) {
            this.scheduleRefresh();
        }
    }

    async refresh() {
        if (this.held || this.pending || this.status !== "ready") {
            return;
        }
        if (this.isTrayDirty) {
            this.isTrayDirty = false;
            this.tray.reload();
        }
        const ids = [...this.dirty];
        this.dirty.clear();
        if (!ids.length) {
            return;
        }
        const before = {loads: this.loads, changes: this.changes};
        const {from, to} = this.period;
        let data;
        try {
            data = await this.orm.silent.call(SCHEDULER, "get_board", [from, to, ids]);
        } catch {
            // The board shows what it last knew; the next change, or the next period, asks again.
            return;
        }
        if (before.loads !== this.loads) {
            return;
        }
        if (before.changes !== this.changes || this.held || this.pending) {
            ids.forEach((id) => this.dirty.add(id));
            if (!this.held && !this.pending) {
                this.scheduleRefresh();
            }
            return;
        }
        this.model.mergeBoard(data, ids);
        this.onChange();
    }

    // What stands in the way

    /** The server's word on a slot, see `sercom.scheduler.explain`. */
    explain({jobId, employeeId, start, end, blockId}) {
        return this.orm.silent.call(SCHEDULER, "explain", [
            jobId,
            employeeId,
            formatUtc(start),
            formatUtc(end),
            blockId || false,
        ]);
    }

    destroy() {
        browser.clearTimeout(this.timer);
        this.tray.destroy();
    }
}
