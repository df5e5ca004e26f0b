import {_t} from "@web/core/l10n/translation";

import {toClock} from "./format";
import {loaderRegistry} from "./registries";
import {callServer} from "./server";

/**
 * The technician's own hours: `base.hours.weeks`, by the first day of each week.
 *
 * This week and the one before are kept on the phone; earlier ones are read when they are opened.
 */

export async function loadHours(store, date) {
    try {
        const {weeks, ...hours} = await callServer("get_hours", {date});
        const known = date ? store.base.hours?.weeks : {};
        const byStart = Object.fromEntries(weeks.map((week) => [week.start, week]));
        await store.keep({...store.base, hours: {...hours, weeks: {...known, ...byStart}}});
    } catch (error) {
        store.onFailure(error);
    }
}

/** Again when the clock has moved, and when something was proposed. */
async function loadHoursAsNeeded(store) {
    const {clock, today, jobless} = store.base.day;
    const {entry_id, since, break_since} = clock || {};
    const state = JSON.stringify([today, entry_id, since, break_since, jobless, store.proposals]);
    if (clock && store.hoursState !== state) {
        store.hoursState = state;
        await loadHours(store);
    }
}

loaderRegistry.add("hours", loadHoursAsNeeded);

/** What a person reads of an entry: what happens next with it. */
export function getEntryStateName(state) {
    return {
        running: _t("Clock runs"),
        review: _t("Supervisor checks"),
        no_job: _t("Without job"),
        waiting: _t("To approve"),
        approved: _t("Approved"),
        locked: _t("Locked"),
        clocked: _t("Clocked"),
        missing: _t("Proposed"),
    }[state];
}

export function getWorkTypeName(workType) {
    return {work: _t("Work"), travel: _t("Travel"), other: _t("Other work")}[workType];
}

/** When an entry begins on a day, by its person's clock: `08:30`. */
function getClockStart({clock_start, start}, day, zone) {
    const {date, time} = start ? toClock(start, zone) : {date: day.date, time: clock_start};
    return date < day.date ? "" : time; // it began the day before
}

/** Action `correction`: shown with its entry until the office has heard of it. */
export function applyCorrection(shown, action) {
    const correction = {state: "sending", text: [action.start, action.end || "…"].join(" – ")};
    const days = Object.values(shown.hours?.weeks || {}).flatMap((week) => week.days);
    for (const day of days) {
        for (const entry of day.entries) {
            if (action.attendance_id && entry.id === action.attendance_id) {
                entry.correction = {...correction, reason: action.reason};
            }
        }
        if (!action.attendance_id && day.date === action.date) {
            const entry = {
                ...{id: false, state: "missing", hours: 0, work_type: action.work_type},
                ...{job_id: action.job_id, job_name: action.job_name, client: ""},
                ...{clock_start: action.start},
                correction: {...correction, reason: action.reason},
            };
            const isLater = (other) =>
                getClockStart(other, day, shown.hours.tz) > entry.clock_start;
            const index = day.entries.findIndex(isLater);
            day.entries.splice(index < 0 ? day.entries.length : index, 0, entry);
        }
    }
}
