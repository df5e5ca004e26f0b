/**
 * Where something in hand would go: the slot under the pointer, or the one the arrow keys lead to.
 *
 * What is in hand ("cargo"): `{kind: "job", job}`, `{kind: "event", event}`,
 * `{kind: "block", block}` or `{kind: "resize", block, edge: "start"|"end"}`; a slot: `{employeeId, start, end}`.
 */
import {placeInDay} from "./board_conflicts";
import {SCALES, rowAt} from "./board_geometry";
import {HOUR, MINUTE, addDays, parseUtc, toMinute} from "./board_time";

const KEY_STEP = {day: 15 * MINUTE, week: 24 * HOUR, month: 24 * HOUR};

/** How long what is in hand lasts. */
export function cargoLength({job, block, event}) {
    const item = block || event;
    return toMinute(item ? item.end - item.start : (job.hours || 1) * HOUR);
}

/** What of it is in hand, for whatever all kinds have: names, or the client's window. */
export const cargoItem = ({job, block, event}) => job || block || event;

/** Both ends of a block whose one edge is pulled by `moved` milliseconds. */
export function resized({block, edge}, moved, zone, step) {
    if (edge === "start") {
        const start = Math.min(zone.snap(block.start + moved, step), block.end - step);
        return {employeeId: block.employee_id, start, end: block.end};
    }
    const end = Math.max(zone.snap(block.end + moved, step), block.start + step);
    return {employeeId: block.employee_id, start: block.start, end};
}

/** Finds slots on a board that is drawn with these rows, offsets and axis. */
export class Placement {
    constructor({model, axis, scale, rows, offsets, now}) {
        Object.assign(this, {model, axis, scale, rows, offsets, now});
    }

    get step() {
        return SCALES[this.scale].step;
    }

    /**
     * @param {Object} cargo
     * @param {{x: number, y: number}} point pixels of the time line and of the rows
     * @param {{x: number}} grip where the drag began, and `moment`: how far into the block
     * @returns {Object|null} the slot; `null` over no one's row
     */
    slotAt(cargo, {x, y}, grip) {
        if (cargo.kind === "resize") {
            const {zone} = this.model.employees.get(cargo.block.employee_id);
            return resized(cargo, (x - grip.x) * this.axis.pixel, zone, this.step);
        }
        const row = this.rows[rowAt(this.offsets, y)];
        if (y < 0 || y >= this.offsets.at(-1) || row?.type !== "employee" || x < 0) {
            return null;
        }
        const {employee} = row;
        if (cargo.event?.allday) {
            const {zone} = employee;
            const {first, last} = cargo.event;
            return {employeeId: employee.id, start: zone.at(first, 0), end: zone.at(last, 24)};
        }
        const length = cargoLength(cargo);
        let start;
        if (this.scale === "day") {
            start = employee.zone.snap(this.axis.momentAt(x) - (grip.moment || 0), this.step);
        } else {
            start = this.startInDay(cargo, employee, this.axis.columnAt(x).date);
        }
        return {employeeId: employee.id, start, end: start + length};
    }

    /** On a day without an hour: the block's own hour, the client's, or the first gap. */
    startInDay(cargo, employee, date) {
        return toMinute(this._findStart(cargo, employee, date));
    }

    _findStart(cargo, employee, date) {
        const length = cargoLength(cargo);
        const item = cargo.block || cargo.event;
        let preferred;
        if (item) {
            preferred = employee.zone.onDay(item.start, date);
            // What was agreed with the client stays agreed.
            const isAgreed = cargo.event && employee.zone.dateOf(item.start) === date;
            if (length >= 24 * HOUR || isAgreed) {
                return isAgreed ? item.start : preferred;
            }
        } else if (cargo.job.request_early) {
            const early = parseUtc(cargo.job.request_early);
            preferred = employee.zone.dateOf(early) === date ? early : undefined;
        }
        const isToday = date === employee.zone.dateOf(this.now);
        return placeInDay(employee, date, {
            length,
            preferred,
            blockId: cargo.block?.id,
            eventId: cargo.event?.id,
            after: isToday && cargo.kind === "job" ? this.now : 0,
        });
    }

    /** Where a job taken from the tray by the keyboard begins its way: the first person's day. */
    firstSlot(cargo) {
        const row = this.rows.find(({type}) => type === "employee");
        if (!row) {
            return null;
        }
        const dates = this.axis.columns.map(({date}) => date);
        const today = row.employee.zone.dateOf(this.now);
        const date = dates.find((other) => other >= today) || dates[0];
        const start = this.startInDay(cargo, row.employee, date);
        return {employeeId: row.employee.id, start, end: start + cargoLength(cargo)};
    }

    /**
     * The slot after a key: arrows move by time and person, with Shift by a quarter of an hour in
     * the scales of days, `+` and `-` change the length.
     *
     * @returns {Object|null} `null` when the key means nothing here
     */
    slotAfter(slot, key, isShift) {
        const {zone} = this.model.employees.get(slot.employeeId);
        const length = slot.end - slot.start;
        if (key === "ArrowLeft" || key === "ArrowRight") {
            const sign = key === "ArrowLeft" ? -1 : 1;
            let start;
            if (this.scale === "day" || isShift) {
                const isHour = this.scale === "day" && isShift;
                start = slot.start + sign * (isHour ? HOUR : KEY_STEP.day);
            } else {
                start = zone.onDay(slot.start, addDays(zone.dateOf(slot.start), sign));
            }
            return {...slot, start, end: start + length};
        }
        if (key === "ArrowUp" || key === "ArrowDown") {
            return {
                ...slot,
                employeeId: this.neighbour(slot.employeeId, key === "ArrowUp" ? -1 : 1),
            };
        }
        if (key === "+" || key === "=") {
            return {...slot, end: slot.end + KEY_STEP.day};
        }
        if (key === "-") {
            return {...slot, end: Math.max(slot.start + KEY_STEP.day, slot.end - KEY_STEP.day)};
        }
        return null;
    }

    /** The person above or below; the same one at the end of the list. */
    neighbour(employeeId, direction) {
        const people = this.rows.filter(({type}) => type === "employee");
        const index = people.findIndex(({employee}) => employee.id === employeeId);
        const next = people[Math.max(0, Math.min(people.length - 1, index + direction))];
        return next ? next.employee.id : employeeId;
    }

    /** The block an arrow key leads to from another one. */
    nextBlock(block, key) {
        const {blocks} = this.model.employees.get(block.employee_id);
        if (key === "ArrowLeft" || key === "ArrowRight") {
            const index = blocks.findIndex(({id}) => id === block.id);
            return blocks[index + (key === "ArrowLeft" ? -1 : 1)];
        }
        const people = this.rows.filter((row) => row.type === "employee");
        const from = people.findIndex(({employee}) => employee.id === block.employee_id);
        const direction = key === "ArrowUp" ? -1 : 1;
        for (let index = from + direction; people[index]; index += direction) {
            const list = people[index].employee.blocks;
            if (list.length) {
                const distance = (other) => Math.abs(other.start - block.start);
                return list.reduce((best, other) =>
                    distance(other) < distance(best) ? other : best
                );
            }
        }
        return undefined;
    }

    /** Where the client can, from top to bottom of the board; `null` where that is not shown. */
    windowBand({request_early: from, request_late: to}) {
        const {columns} = this.axis;
        if (!from && !to) {
            return null;
        }
        const start = from ? parseUtc(from) : columns[0].start;
        const end = to ? parseUtc(to) : columns.at(-1).end;
        if (this.scale === "day") {
            return start < end ? this.axis.span(start, end) : null;
        }
        const {zone} = this.model;
        const [first, last] = [zone.dateOf(start), zone.dateOf(Math.max(start, end - 1))];
        const shown = columns.filter(({date}) => first <= date && date <= last);
        if (!shown.length) {
            return null;
        }
        const {left} = shown[0];
        return {left, width: shown.at(-1).left + shown.at(-1).width - left};
    }

    /** The rectangle that shows a slot on the board; `null` when it is outside. */
    rectangle({employeeId, start, end}) {
        const index = this.rows.findIndex((row) => row.employee?.id === employeeId);
        if (index === -1) {
            return null;
        }
        const {zone} = this.rows[index].employee;
        const top = this.offsets[index];
        const height = this.offsets[index + 1] - top;
        if (this.scale === "day") {
            const span = this.axis.span(start, end);
            return span && {...span, top, height};
        }
        const columns = zone
            .days(start, end)
            .map((date) => this.axis.columnOf(date))
            .filter(Boolean);
        if (!columns.length) {
            return null;
        }
        const {left} = columns[0];
        return {left, width: columns.at(-1).left + columns.at(-1).width - left, top, height};
    }
}
