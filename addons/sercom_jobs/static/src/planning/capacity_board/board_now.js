/** What the server says now of what one changes, for who keeps their own change all the same. */
import {parseUtc} from "./board_time";

/** A block as it now is. */
export function asNow(block, {employee_id, date_start, date_end, state}) {
    const start = parseUtc(date_start);
    const end = parseUtc(date_end);
    return {...block, employee_id, start, end, ...(state && {state})};
}

/** A job of the tray as it is now planned. */
export function plannedNow(job, now) {
    return {...job, planned_ids: [...(job.planned_ids || []), ...now.map(({id}) => id)]};
}
