/**
 * What speaks against a time, as far as the loaded data can tell: at once, while dragging.
 *
 * The server's `explain` knows more (skills, travel, the company's settings); its answer replaces
 * this one when it arrives.
 */
import {_t} from "@web/core/l10n/translation";
import {outsideWindow} from "./board_labels";
import {HOUR} from "./board_time";

const QUARTER = HOUR / 4;
const LONGEST_BREAK = 2 * HOUR;
const overlap = (a, b, start, end) => a < end && start < b;

/**
 * @param {BoardModel} model
 * @param {Object} slot
 * @param {number} slot.employeeId
 * @param {number} slot.start
 * @param {number} slot.end
 * @param {number} [slot.blockId] the block that is being moved
 * @param {number} [slot.eventId] the appointment that is being moved: nothing blocks it
 * @param {Object} [slot.wish] what has the client's window
 * @returns {{kind: string, level: "block"|"warn", text: string}[]}
 */
export function findConflicts(model, {employeeId, start, end, blockId, eventId, wish}) {
    const employee = model.employees.get(employeeId);
    const {zone} = employee;
    const conflicts = [];
    for (const block of employee.blocks) {
        // What is done holds no time: a visit that ended early frees the rest of its block.
        if (
            block.id !== blockId &&
            block.state !== "done" &&
            overlap(block.start, block.end, start, end)
        ) {
            conflicts.push({
                kind: "overlap",
                level: block.override || eventId ? "warn" : "block",
                text: _t("Already on %(job)s, %(time)s", {
                    job: block.client || block.job,
                    time: zone.formatRange(block.start, block.end),
                }),
            });
        }
    }
    for (const [from, to, reason] of employee.off) {
        if (overlap(from, to, start, end)) {
            conflicts.push({kind: "time_off", level: "warn", text: reason || _t("Time off")});
        }
    }
    for (const appointment of employee.appointments) {
        if (appointment.id !== eventId && overlap(appointment.start, appointment.end, start, end)) {
            conflicts.push({
                kind: "appointment",
                level: "warn",
                text: _t("%(name)s, %(time)s", {
                    name: appointment.name,
                    time: zone.formatRange(appointment.start, appointment.end),
                }),
            });
        }
    }
    if (!isWithin(employee, start, end) && !conflicts.some((c) => c.kind === "time_off")) {
        conflicts.push({kind: "hours", level: "warn", text: _t("Outside working hours")});
    }
    const outside = wish && outsideWindow(wish, start, end, zone);
    if (outside) {
        conflicts.push({kind: "window", level: "warn", text: outside});
    }
    return conflicts;
}

/** Whether all of [start, end) is working time; lunch is none. */
function isWithin({work, zone, dayByDate}, start, end) {
    const day = dayByDate.get(zone.dateOf(start));
    if (day?.available && !work.some(([from]) => zone.dateOf(from) === day.date)) {
        // Without fixed hours.
        return true;
    }
    let covered = start;
    for (const [from, to] of work) {
        if (from <= covered && covered < to) {
            covered = to;
        }
    }
    return covered >= end;
}

/** Hours in which a person without fixed hours is planned. */
const FLEXIBLE = [8, 18];

/** The free spans of a person's day, from `after` on. */
export function freeSpans(employee, date, {blockId, eventId, after = 0} = {}) {
    const from = Math.max(after, employee.zone.at(date, 0));
    const to = employee.zone.at(date, 24);
    const busy = [
        ...employee.blocks.filter((block) => block.id !== blockId),
        ...employee.appointments.filter((other) => other.id !== eventId),
        ...employee.off.map(([start, end]) => ({start, end})),
    ].sort((a, b) => a.start - b.start);
    const free = [];
    const {zone} = employee;
    let work = employee.work.filter(([start, end]) => end > from && start < to);
    if (!work.length && employee.dayByDate.get(date)?.available) {
        work = [FLEXIBLE.map((hour) => zone.at(date, hour))];
    }
    for (const [workStart, workEnd] of work) {
        let start = Math.max(workStart, from);
        const end = Math.min(workEnd, to);
        for (const span of busy) {
            if (span.end > start && span.start < end) {
                if (span.start > start) {
                    free.push([start, span.start]);
                }
                start = Math.max(start, span.end);
            }
        }
        if (start < end) {
            free.push([start, end]);
        }
    }
    return free;
}

const toQuarter = (moment) => Math.ceil(moment / QUARTER) * QUARTER;

/** Free spans with nothing but a short break between them, as lunch, hold a block together. */
function bridgeBreaks(free, employee, {blockId, eventId}) {
    const joined = [];
    for (const [start, end] of free) {
        const last = joined.at(-1);
        const isBusy = ({start: from, end: to, id}) =>
            id !== blockId && overlap(from, to, last[1], start);
        const bridges =
            last &&
            start - last[1] <= LONGEST_BREAK &&
            !employee.blocks.some(isBusy) &&
            !employee.appointments.some(
                (other) => other.id !== eventId && overlap(other.start, other.end, last[1], start)
            ) &&
            !employee.off.some(([from, to]) => overlap(from, to, last[1], start));
        if (bridges) {
            last[1] = end;
        } else {
            joined.push([start, end]);
        }
    }
    return joined;
}

/**
 * Where a block of `length` goes when it is dropped on a day, not on an hour: the time it prefers
 * if that is free, else the day's first gap that holds it, else the preferred time all the same.
 *
 * @returns {number} its start
 */
export function placeInDay(employee, date, {length, preferred, after = 0, ...own}) {
    const free = freeSpans(employee, date, {...own, after});
    const joined = bridgeBreaks(free, employee, own);
    const holds = ([from, to]) => from <= preferred && preferred + length <= to;
    if (preferred !== undefined && joined.some(holds)) {
        return preferred;
    }
    const fits = ([from, to]) => to - toQuarter(from) >= length;
    const gap = free.find(fits) || joined.find(fits);
    if (gap) {
        return toQuarter(gap[0]);
    }
    const work = employee.work.find(([from]) => employee.zone.dateOf(from) === date);
    return preferred ?? work?.[0] ?? employee.zone.at(date, 8);
}
