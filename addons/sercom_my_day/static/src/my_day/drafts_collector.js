import {findPlace, isOver} from "./places";
import {loaderRegistry} from "./registries";
import {callServer, RefusedError} from "./server";

const KEPT = 14 * 24 * 3600 * 1000; // milliseconds that drafts of a job stay once it is over
const AGES = "draft_ages";

/**
 * Drop what was typed on jobs that are over, or somebody else's, and was sent to nobody.
 *
 * How it works: from the moment when the phone first sees that nothing can be done there any more,
 * drafts stay for two weeks: jobs are reopened, and given back. Then the server is asked once more.
 * Nothing goes while something of the job waits to be sent or read, or while the job is open.
 */
export async function collectDrafts(store) {
    const {drafts, storage} = store;
    const jobIds = drafts.listJobIds();
    const before = (await storage.read(AGES)) || {};
    if (store.closedBy) {
        return;
    }
    const ages = {};
    for (const jobId of jobIds.filter((id) => isOverHere(store, id))) {
        ages[jobId] = before[jobId] || store.serverNow;
        if (store.serverNow - ages[jobId] > KEPT) {
            if (await isOverForGood(jobId)) {
                drafts.drop(jobId, ...drafts.listFields(jobId));
            }
            delete ages[jobId];
        }
    }
    if (JSON.stringify(ages) !== JSON.stringify(before)) {
        await storage.write(AGES, ages);
    }
}

/** Whether nothing can be done on a job any more, as far as the phone knows. */
function isOverHere(store, jobId) {
    const {job_state: state} = findPlace(store.base, jobId) || {};
    const isWaiting = store.outbox.some(
        ({job_id, draft_of}) => job_id === jobId || draft_of === jobId
    );
    const isShown = store.screen.jobId === jobId;
    return !isWaiting && !isShown && (!state || isOver(state));
}

/** Whether the server says so too: what is planned later than the phone knows is not over. */
async function isOverForGood(jobId) {
    try {
        const [job] = await callServer("get_jobs", {job_ids: [jobId]});
        return !job || isOver(job.job_state);
    } catch (error) {
        if (error instanceof RefusedError) {
            return true; // somebody else's
        }
        throw error;
    }
}

loaderRegistry.add("drafts", collectDrafts);
