/** Appointments on the board: given to a person, moved, handed over, put back in the tray. */
import {_t} from "@web/core/l10n/translation";
import {ChangedError, slotVals} from "./board_changes";
import {HOUR, formatUtc} from "./board_time";

/** Write who goes when, unless that is no longer as it was seen. */
async function write({orm}, {id, employee_id: employeeId = false, start, end}, seen) {
    const changed = await orm.call("sercom.scheduler", "plan_appointment", [
        id,
        employeeId,
        formatUtc(start),
        formatUtc(end),
        slotVals({...seen, employeeId: seen.employee_id || false}),
    ]);
    if (changed?.length) {
        throw new ChangedError(changed);
    }
}

/**
 * Give an appointment to a person, at a time, or back to the tray.
 *
 * @param {BoardChanges} changes
 * @param {Object} event
 * @param {{employeeId?: number, start?: number, end?: number}} slot without a person: the tray
 * @returns {Promise<Object>} as `BoardChanges._run`
 */
export async function planEvent(changes, event, {employeeId = false, start, end}) {
    const {store, model} = changes;
    const {tray} = store;
    const {events} = tray;
    const from = event.employee_id || false;
    const after = {...event, employee_id: employeeId, start, end};
    after.planned_hours = event.allday ? event.planned_hours || 0 : (end - start) / HOUR;
    const employeeIds = [from, employeeId].filter(Boolean);
    const outcome = await changes._run({
        blockIds: [],
        employeeIds,
        show() {
            model.removeAppointment(event.id, from);
            tray.events = events.filter(({id}) => id !== event.id);
            if (employeeId) {
                model.putAppointment({...after, pending: true});
            } else {
                tray.events.push(after);
            }
        },
        hide() {
            model.removeAppointment(event.id, employeeId);
            if (from) {
                model.putAppointment(event);
            }
            tray.events = events;
        },
        async write() {
            await write(changes, after, event);
            if (employeeId && model.getAppointment(event.id, employeeId)) {
                model.putAppointment({...after, pending: false});
            }
        },
    });
    if (outcome.ok) {
        const {name} = event;
        changes.history.push(_t("Plan %(name)s", {name}), () =>
            changes._undoRun(employeeIds, () => write(changes, event, after), name)
        );
    }
    return outcome;
}
