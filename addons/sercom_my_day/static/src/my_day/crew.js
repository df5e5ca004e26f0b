import {_t} from "@web/core/l10n/translation";

import {toText} from "./format";

/** People whose clock runs on a job that the technician leads: `{id, name, job_id}`, without them. */
export function listClockedMates(shown) {
    const mates = new Map();
    for (const job of Object.values(shown.jobs).filter((one) => one.is_leader)) {
        for (const {id, name, is_me, clocked_job_id} of job.crew) {
            if (!is_me && clocked_job_id === job.id) {
                mates.set(id, {id, name, job_id: job.id});
            }
        }
    }
    return [...mates.values()];
}

/** Whether a person works on a job now; who is on the road to it does not yet. */
export function worksOn({clocked_job_id, clocked_work_type}, job) {
    return clocked_job_id === job.id && clocked_work_type !== "travel";
}

/** End the day of the technician; who leads a crew may end that of the others with it. */
export async function endDay(store) {
    const moment = toText(new Date()); // of the tap, not of the answer
    const mates = listClockedMates(store.shown);
    const answer =
        mates.length > 0 &&
        (await store.ask({
            title: _t("Clock the crew out too?"),
            text: _t(
                "The clock of %s still runs on your job.",
                mates.map(({name}) => name).join(", ")
            ),
            yes: _t("Clock out everybody"),
            no: _t("Only me"),
            leave: _t("Not now"),
        }));
    if (answer === undefined) {
        return;
    }
    const jobs = answer ? new Set(mates.map((mate) => mate.job_id)) : [];
    for (const jobId of jobs) {
        const people = mates.filter((mate) => mate.job_id === jobId);
        const employee_ids = people.map(({id}) => id);
        await store.recordPunch("end", {job_id: jobId, employee_ids, moment});
    }
    await store.recordPunch("end", {moment});
}
