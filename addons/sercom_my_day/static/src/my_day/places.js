/** What the phone knows of where somebody works: of jobs, and of visits whose job it has not. */

export function listVisits({day}) {
    return (day?.days || []).flatMap((one) => one.visits);
}

/** A job, or else a visit there. */
export function findPlace(shown, jobId) {
    return shown.jobs[jobId] || listVisits(shown).find((visit) => visit.job_id === jobId);
}

/** Whether nothing is done any more on a job in this state. */
export function isOver(state) {
    return ["done", "cancelled"].includes(state);
}
