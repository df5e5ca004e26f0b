import {beforeEach, describe, expect, test} from "@odoo/hoot";
import {waitUntil} from "@odoo/hoot-dom";
import {Drafts} from "@sercom_my_day/my_day/drafts";
import {Storage} from "@sercom_my_day/my_day/storage";
import {
    FakeServer,
    ME,
    SECRET,
    UNREACHABLE,
    clearPhone,
    makeDay,
    makeJob,
    openPage,
} from "./my_day_test_helpers";

describe.current.tags("desktop");
beforeEach(clearPhone);

/** A tab of the page on the same phone. */
async function openTab(userId = ME) {
    const drafts = new Drafts(new Storage(userId, SECRET));
    await drafts.load();
    return drafts;
}

test("two tabs write over nothing of each other", async () => {
    const [first, second] = [await openTab(), await openTab()];
    first.set(1, "note", "Valve leaks");
    second.set(1, "found_note", "Rust");
    await Promise.all([first.saving, second.saving]);
    const third = await openTab();
    expect(third.get(1, "note")).toBe("Valve leaks");
    expect(third.get(1, "found_note")).toBe("Rust");
});

test("what is typed in one tab shows in the other, and goes from it when it is sent", async () => {
    const [first, second] = [await openTab(), await openTab()];
    first.set(1, "note", "Valve leaks");
    await waitUntil(() => second.get(1, "note") === "Valve leaks");
    second.settle({job_id: 1, draft: {note: "Valve leaks"}});
    await waitUntil(() => first.get(1, "note") === undefined);
    await second.saving;
    expect((await openTab()).get(1, "note")).toBe(undefined);
});

test("of what is typed quickly, the last stays", async () => {
    const first = await openTab();
    for (const text of ["V", "Va", "Val", "Valve"]) {
        first.set(1, "note", text);
    }
    await first.saving;
    expect((await openTab()).get(1, "note")).toBe("Valve");
});

test("somebody else's drafts show in no tab", async () => {
    const [mine, theirs] = [await openTab(), await openTab(8)];
    theirs.set(1, "note", "Theirs");
    theirs.set(1, "found_note", "Rust");
    await theirs.saving;
    mine.set(1, "work_note", "Mine");
    await waitUntil(() => mine.get(1, "work_note"));
    expect(mine.get(1, "note")).toBe(undefined);
    expect((await openTab()).get(1, "found_note")).toBe(undefined);
});

// Jobs that are over

/** A phone on which something is typed on job 9, which the server answers as `job` says. */
async function typeOnJob(getJob) {
    const server = new FakeServer({
        get_jobs: ({job_ids}) => job_ids.flatMap((id) => (id === 9 ? getJob() : [makeJob({id})])),
    });
    const {store} = await openPage({server});
    store.drafts.set(9, "found_note", "Rust");
    store.drafts.set(9, "signature", "iVBO");
    store.drafts.set(1, "note", "Valve leaks");
    return {server, store};
}

/** The server's day, some days later. */
async function openLater({server, store}, days) {
    const now = new Date(Date.UTC(2026, 10, 3 + days, 14, 30));
    const text = now.toISOString().slice(0, 19).replace("T", " ");
    server.answers.get_day = () => makeDay({now: text});
    await waitUntil(() => !store.isRefreshing, {timeout: 2000});
    await store.refresh();
    await store.drafts.saving;
}

const REFUSAL = {data: {message: "No access"}, message: "Odoo"};

test("what is typed on a job that is over goes after two weeks, and nothing else", async () => {
    const page = await typeOnJob(() => [makeJob({id: 9, job_state: "done"})]);
    await openLater(page, 0);
    await openLater(page, 14);
    expect(page.store.drafts.get(9, "found_note")).toBe("Rust");
    await openLater(page, 15);
    expect(page.store.drafts.listFields(9)).toEqual([]);
    expect(page.store.drafts.get(1, "note")).toBe("Valve leaks");
    expect((await openTab()).listJobIds()).toEqual([1]);
});

test("what is typed on a job of somebody else goes too", async () => {
    const page = await typeOnJob(() => []);
    const {get_jobs: getJobs} = page.server.answers;
    page.server.answers.get_jobs = (kwargs) =>
        kwargs.job_ids.includes(9)
            ? new Response(JSON.stringify({jsonrpc: "2.0", error: REFUSAL}))
            : getJobs(kwargs);
    await openLater(page, 0);
    await openLater(page, 15);
    expect(page.store.drafts.listFields(9)).toEqual([]);
});

test("what is typed on a job stays while it is planned later, or cannot be asked about", async () => {
    const page = await typeOnJob(() => [makeJob({id: 9, job_state: "planned"})]);
    await openLater(page, 0);
    await openLater(page, 15);
    await openLater(page, 40);
    expect(page.store.drafts.get(9, "found_note")).toBe("Rust");
    const {get_jobs: getJobs} = page.server.answers;
    page.server.answers.get_jobs = (kwargs) =>
        kwargs.job_ids.includes(9) ? UNREACHABLE() : getJobs(kwargs);
    await openLater(page, 41);
    await openLater(page, 90);
    expect(page.store.drafts.get(9, "found_note")).toBe("Rust");
});

test("what is typed on a job stays while something of it waits or is to be read", async () => {
    const page = await typeOnJob(() => [makeJob({id: 9, job_state: "done"})]);
    page.server.answers.sync = ({actions}) => ({
        user_id: ME,
        results: actions.map(({uuid}) => ({uuid, status: "refused", message: "Closed"})),
    });
    await page.store.act({kind: "note", job_id: 9, text: "More"});
    await waitUntil(() => page.store.outbox[0]?.message, {timeout: 2000});
    await openLater(page, 0);
    await openLater(page, 30);
    expect(page.store.drafts.get(9, "found_note")).toBe("Rust");
    await page.store.queue.dismiss(page.store.outbox[0]);
    await openLater(page, 31); // seen to be over from now on
    expect(page.store.drafts.get(9, "found_note")).toBe("Rust");
    await openLater(page, 46);
    expect(page.store.drafts.listFields(9)).toEqual([]);
});
