import {_t} from "@web/core/l10n/translation";

import {EFFECTS} from "./effects";
import {toDate, toText} from "./format";
import {applyCorrection} from "./hours";
import {actionRegistry} from "./registries";

const TITLES = {
    check: () => _t("Checklist"),
    note: () => _t("Note"),
    photo: () => _t("Photo"),
    caption: () => _t("Caption"),
    on_my_way: () => _t("On my way"),
    entry_job: () => _t("Job of clocked time"),
    found: () => _t("Found and advised"),
    issue: () => _t("Another issue found"),
    next_visit: () => _t("Next visit"),
    complete: () => _t("Completion"),
    correction: () => _t("Correction of hours"),

    punch(action) {
        return {
            start: {
                work: _t("Clock in"),
                travel: _t("Travel"),
                other: _t("Other work"),
            }[action.work_type || "work"],
            break: _t("Break"),
            end: _t("Clock out"),
        }[action.punch];
    },
};

for (const [kind, getTitle] of Object.entries(TITLES)) {
    actionRegistry.add(kind, {getTitle, apply: {...EFFECTS, correction: applyCorrection}[kind]});
}

function getKind(action) {
    return actionRegistry.get(action.kind, {}); // of a page of another version: unknown
}

export function getActionTitle(action) {
    return getKind(action).getTitle?.(action);
}

/**
 * The data as the screen shows it: the server's, changed by what waits to be sent.
 *
 * @param {Object} base what the server told last: `day`, `jobs`, `hours`
 * @param {Object[]} actions in order
 * @param {number} offset milliseconds that the server's clock is ahead of the phone's
 */
export function applyActions(base, actions, offset) {
    const shown = structuredClone({day: base.day, jobs: base.jobs, hours: base.hours});
    shown.clock = shown.day?.clock;
    shown.me = shown.day?.user.employee_id;
    shown.name = shown.day?.user.name;
    for (const action of actions) {
        const moment = toText(new Date(toDate(action.moment).getTime() + offset));
        getKind(action).apply?.(shown, action, moment);
    }
    return shown;
}
