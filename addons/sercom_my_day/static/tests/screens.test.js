import {beforeEach, describe, expect, test} from "@odoo/hoot";
import {
    advanceTime,
    queryAllTexts,
    queryOne,
    waitFor,
    waitForNone,
    waitUntil,
} from "@odoo/hoot-dom";
import {
    ANNE,
    FakeServer,
    LUC,
    ME,
    NEVER,
    UNREACHABLE,
    clearPhone,
    makeCheck,
    makeClock,
    makeDay,
    makeJob,
    makeRunningClock,
    openPage,
    tap,
    type,
    waitForAction,
} from "./my_day_test_helpers";

describe.current.tags("desktop");
beforeEach(clearPhone);

test("the day shows its visits, the week those that come", async () => {
    await openPage();
    await waitFor("[data-visit='11']");
    expect("[data-visit='11'] .visit-client").toHaveText("Marie Tremblay");
    expect("[data-visit='11'] .visit-access").toHaveText("Ring twice");
    expect("[data-visit='12']").toHaveCount(0);
    await tap("[data-span=week]");
    await waitFor("[data-visit='12']");
    expect("[data-visit='11']").toHaveCount(0);
});

test("a user without employee file is sent to the office", async () => {
    const user = {id: ME, name: "Luc Gagnon", employee_id: false, has_position: false};
    const server = new FakeServer({
        get_day: () => makeDay({user, clock: false, days: [{date: "2026-11-03", visits: []}]}),
    });
    await openPage({server});
    await waitFor("[data-empty=employee]");
    expect(".clock").toHaveCount(0);
});

test("the day before is told from today", async () => {
    const server = new FakeServer({get_day: () => makeDay({today: "2026-11-02"})});
    await openPage({server});
    await waitFor(".hint-bad");
    expect(".hint-bad").toHaveText(/no\s+network\s+since/);
});

test("on my way is sent once, and the road is offered to the clock", async () => {
    const {server} = await openPage();
    server.answers.get_day = NEVER;
    await tap("[data-action=on_my_way]");
    await waitFor(".question");
    await tap("[data-answer=yes]");
    const action = await waitForAction(server, "on_my_way");
    expect(action.visit_id).toBe(11);
    const punch = await waitForAction(server, "punch");
    expect([punch.punch, punch.work_type, punch.job_id]).toEqual(["start", "travel", 1]);
    await waitForNone("[data-action=on_my_way]", {timeout: 2000});
    expect("[data-action=on_my_way]").toHaveCount(0);
});

for (const [title, values, count] of [
    ["nobody who works there already", {}, 0],
    ["who is on the road there", {work_type: "travel"}, 1],
    ["who works elsewhere", {job_id: 2}, 1],
]) {
    test(`on my way is offered ${count} times to ${title}`, async () => {
        const server = new FakeServer({
            get_day: () => makeDay({clock: makeRunningClock(values)}),
        });
        const {close} = await openPage({server});
        await waitFor("[data-visit='11']");
        expect("[data-action=on_my_way]").toHaveCount(count);
        close();
        await openPage({server, hash: "job/1/job"});
        await waitFor("[data-person]");
        expect(".buttons-3 button").toHaveCount(count);
    });
}

test("the leader clocks in those who are chosen", async () => {
    const {server} = await openPage({hash: "job/1/job"});
    server.answers.get_day = NEVER;
    await waitFor("[data-person]");
    await tap(`[data-person='${ANNE}']`);
    await waitUntil(() => queryOne("[data-punch=job]").innerText.includes("2 people"));
    await tap("[data-punch=job]");
    const punch = await waitForAction(server, "punch");
    expect(punch.employee_ids).toEqual([LUC, ANNE]);
    await waitFor(".clock-work");
});

test("two taps on the clock are one punch", async () => {
    const {server, store} = await openPage();
    store.punch("start", {work_type: "other"});
    store.punch("start", {work_type: "other"});
    await waitForAction(server, "punch");
    expect(server.actions.length).toBe(1);
});

test("a punch that is taken for a second tap of the one before is told", async () => {
    const {server, store} = await openPage();
    store.punch("start", {work_type: "other"});
    store.punch("start", {work_type: "travel"});
    expect(store.notices).toEqual([]); // a glove that taps twice
    await advanceTime(1000);
    store.punch("start", {work_type: "travel"});
    expect(store.notices.map(({text}) => text)).toEqual([
        "Tapped twice? Only the first tap counts. Tap again to change it.",
    ]);
    await advanceTime(1500);
    store.punch("start", {work_type: "travel"});
    await waitUntil(() => server.actions.length === 2);
    expect(server.actions.map(({work_type}) => work_type)).toEqual(["other", "travel"]);
});

test("answers of the checklist are sent, and taken back by a second tap", async () => {
    const {server, store} = await openPage({hash: "job/1/checks"});
    server.answers.get_day = NEVER;
    await waitFor("[data-check='21']");
    await tap("[data-check='21'] .check-tick");
    await waitFor("[data-check='21'].check-done");
    await tap("[data-check='22'] [data-value=yes]");
    await waitFor("[data-check='22'].check-done");
    store.lastTaps = {};
    await tap("[data-check='22'] [data-value=yes]");
    await waitFor("[data-check='22'].check-waiting");
    await waitUntil(() => server.actions.length === 3);
    expect(server.actions.map(({check_id, value}) => [check_id, value])).toEqual([
        [21, true],
        [22, "yes"],
        [22, null],
    ]);
});

test("a number is kept while it is typed, and out of its limits it shows", async () => {
    const {server} = await openPage({hash: "job/1/checks"});
    server.answers.get_day = NEVER;
    await waitFor("[data-check='23'] input");
    await type("[data-check='23'] input", "9,5");
    await waitFor("[data-check='23'].card-bad");
    expect((await waitForAction(server, "check")).value).toBe("9,5");
    await type("[data-check='23'] input", "a lot");
    await waitFor("[data-strip=notice]");
    expect("[data-strip=notice]").toHaveText(/is not a number/);
    expect("[data-strip=notice]").toHaveClass("strip-bad");
    expect(server.actions.length).toBe(1);
});

test("a note is there before it arrives", async () => {
    const {server} = await openPage({hash: "job/1/notes"});
    await waitFor("[data-field=note]");
    expect("[data-action=note]").toHaveProperty("disabled", true);
    await type("[data-field=note]", " Valve leaks ");
    await tap("[data-action=note]");
    expect((await waitForAction(server, "note")).text).toBe("Valve leaks");
    await waitUntil(() => queryOne("[data-field=note]").value === "");
});

test("the next visit is asked for with its date", async () => {
    const {server, store} = await openPage({hash: "job/1/finish"});
    await waitFor("#next_visit", {visible: false});
    queryOne("details:has(#next_visit)").open = true;
    await type("#next_visit", "Second coat");
    store.drafts.set(1, "next_date", "2026-11-10");
    await tap("[data-action=next_visit]");
    const action = await waitForAction(server, "next_visit");
    expect([action.job_id, action.text, action.date]).toEqual([1, "Second coat", "2026-11-10"]);
    await waitUntil(() => !store.drafts.get(1, "next_visit"));
    expect(store.drafts.get(1, "next_date")).toBe(undefined);
});

test("a next visit that was asked for shows, also before it arrives", async () => {
    const server = new FakeServer({sync: UNREACHABLE});
    const {store} = await openPage({server, hash: "job/1/finish"});
    await waitFor("#next_visit", {visible: false});
    expect("[data-next-visit]").toHaveCount(0);
    for (const text of ["Second coat", "Third coat"]) {
        store.drafts.set(1, "next_visit", text);
        store.drafts.set(1, "next_date", "2026-11-10");
        queryOne("details:has(#next_visit)").open = true;
        await tap("[data-action=next_visit]");
        await waitFor(`[data-next-visit=to_plan]:contains(${text})`);
    }
    expect("[data-next-visit]").toHaveCount(1); // the office plans one
    expect(queryAllTexts("[data-next-visit] .hint")).toEqual([
        "not before Nov 10, 2026 · waits to be sent",
    ]);
    expect("[data-next-visit]").toHaveText(/To plan.*not before Nov 10, 2026 · waits to be sent/s);
    const planned = {id: 9, name: "J00009", state: "planned", todo: "Third coat"};
    Object.assign(planned, {wished: "2026-11-10", start: "2026-11-11 14:00:00", people: "Anne"});
    server.answers.get_jobs = () => [makeJob({asked_visits: [planned]})];
    server.answers.sync = new FakeServer().answers.sync;
    await store.queue.flush();
    await waitFor("[data-next-visit=planned]", {timeout: 2000});
    expect("[data-next-visit]").toHaveText(/Planned.*J00009 · Nov 11, 9:00.AM · Anne.*Third coat/s);
});

test("a next visit without a date says only that it waits", async () => {
    await openPage({server: new FakeServer({sync: UNREACHABLE}), hash: "job/1/finish"});
    await waitFor("#next_visit", {visible: false});
    queryOne("details:has(#next_visit)").open = true;
    await type("#next_visit", "Second coat");
    await tap("[data-action=next_visit]");
    await waitFor("[data-next-visit]");
    expect(queryAllTexts("[data-next-visit] .hint")).toEqual(["waits to be sent"]);
});

test("another issue goes to the office", async () => {
    const {server} = await openPage({hash: "job/1/finish"});
    await waitFor("[data-action=issue]", {visible: false});
    queryOne("details:has([data-action=issue])").open = true;
    await type("details:has([data-action=issue]) textarea", "Rusty pipe");
    await tap("[data-action=issue]");
    expect((await waitForAction(server, "issue")).text).toBe("Rusty pipe");
});

test("a job with something missing is not completed", async () => {
    await openPage({hash: "job/1/finish"});
    await waitFor("[data-missing]");
    expect("[data-missing] p").toHaveCount(4);
    expect("[data-action=complete]").toHaveProperty("disabled", true);
});

test("completing sends the notes and ends the clock", async () => {
    const server = new FakeServer({
        get_day: () => makeDay({clock: makeRunningClock()}),
        get_jobs: () => [makeJob({checks: [makeCheck({id: 21, kind: "check", state: "done"})]})],
    });
    await openPage({server, hash: "job/1/finish"});
    await waitFor("#found_note");
    await type("#found_note", "Rust");
    await tap("[data-action=complete]");
    const action = await waitForAction(server, "complete");
    expect(action.found_note).toBe("Rust");
    const punch = await waitForAction(server, "punch");
    expect([punch.punch, punch.job_id, punch.moment]).toEqual(["end", 1, action.moment]);
});

test("a job that nobody started is completed only after a question", async () => {
    const job = makeJob({checks: [], worked_hours: 0});
    const server = new FakeServer({get_jobs: () => [job]});
    const {store} = await openPage({server, hash: "job/1/finish"});
    await waitFor("[data-action=complete]");
    await tap("[data-action=complete]");
    await waitFor(".question");
    await tap("[data-answer=no]");
    await waitForNone(".question");
    expect(store.outbox).toHaveLength(0);
    expect(server.actions.filter(({kind}) => kind === "complete")).toHaveLength(0);
    await tap("[data-action=complete]");
    await waitFor(".question");
    await tap("[data-answer=yes]");
    await waitForAction(server, "complete");
});

/** Answers of a server that refuses what is sent, on a job of which nothing is missing. */
function makeRefusals() {
    return {
        get_jobs: () => [makeJob({checks: [], needs_signature: true})],
        sync: ({actions}) => ({
            user_id: ME,
            results: actions.map(({uuid}) => ({uuid, status: "refused", message: "Not yet"})),
        }),
    };
}

async function sign() {
    const canvas = await waitFor(".pad canvas");
    for (const kind of ["pointerdown", "pointermove", "pointerup"]) {
        canvas.dispatchEvent(
            new PointerEvent(kind, {pointerId: 1, bubbles: true, clientX: 90, clientY: 400})
        );
    }
    await waitFor(".pad + button");
}

test("the signature outlives the section and the page", async () => {
    const server = new FakeServer(makeRefusals());
    const {store, close} = await openPage({server, hash: "job/1/finish"});
    await sign();
    const signature = store.drafts.get(1, "signature");
    await tap("[data-tab=notes]");
    await waitFor("[data-field=note]");
    await tap("[data-tab=finish]");
    await waitFor(".pad + button");
    close();
    const next = await openPage({server, hash: "job/1/finish"});
    await waitFor(".pad + button");
    expect("[data-action=complete]").toHaveProperty("disabled", false);
    await tap("[data-action=complete]");
    const action = await waitForAction(server, "complete");
    expect(action.signature).toBe(signature);
    expect(action.draft).toBe(undefined);
    next.close();
});

test("what was typed for a completion is read where it waits", async () => {
    const {store} = await openPage({server: new FakeServer({sync: UNREACHABLE}), hash: "outbox"});
    await store.act({kind: "complete", job_id: 1, found_note: "Rust", work_note: "New valve"});
    await waitFor("[data-outbox=complete]");
    expect("[data-outbox=complete]").toHaveText(/J00001 · .*Rust · New valve/);
});

test("a refused completion gives back what was typed and drawn", async () => {
    const server = new FakeServer(makeRefusals());
    const {store} = await openPage({server, hash: "job/1/finish"});
    await sign();
    await type("#found_note", "Rust");
    await type("#signed_by", "Marie");
    await tap("[data-action=complete]");
    await waitFor("[data-strip=outbox]");
    await waitFor(".pad + button");
    expect("#found_note").toHaveValue("Rust");
    expect("#signed_by").toHaveValue("Marie");
    expect(store.outbox.map(({kind}) => kind)).toEqual(["complete"]);
});

test("what was refused comes back into its field, unless more was typed", async () => {
    const server = new FakeServer(makeRefusals());
    const {store} = await openPage({server, hash: "job/1/notes"});
    for (const [index, text] of ["First", "Second"].entries()) {
        await type("[data-field=note]", text);
        await tap("[data-action=note]");
        await waitUntil(() => store.outbox[index]?.message);
        await waitUntil(() => queryOne("[data-field=note]").value === text);
    }
    server.answers.sync = new FakeServer().answers.sync;
    await store.queue.retry(store.outbox[1]);
    await waitUntil(() => queryOne("[data-field=note]").value === "");
    expect(store.outbox.map(({text}) => text)).toEqual(["First"]);
});

test("more hours than sold ask for a reason", async () => {
    const job = makeJob({checks: [], sold_hours: 1, worked_hours: 1});
    const server = new FakeServer({
        get_day: () => makeDay({clock: makeRunningClock()}),
        get_jobs: () => [job],
    });
    await openPage({server, hash: "job/1/finish"});
    await waitFor("#over_hours");
    expect("[data-action=complete]").toHaveProperty("disabled", true);
    await type("#over_hours", "The valve was stuck");
    await tap("[data-action=complete]");
    expect((await waitForAction(server, "complete")).over_hours_reason).toBe("The valve was stuck");
});

test("a job that is over takes no answers", async () => {
    const server = new FakeServer({get_jobs: () => [makeJob({job_state: "done"})]});
    await openPage({server, hash: "job/1/checks"});
    await waitFor("[data-check='21'] .check-tick");
    expect("[data-check='21'] .check-tick").toHaveProperty("disabled", true);
    expect("[data-check='23'] input").toHaveProperty("disabled", true);
});

test("time without a job asks which one it was for", async () => {
    const entry = {
        ...{id: 41, start: "2026-11-03 13:00:00", end: "2026-11-03 13:30:00"},
        ...{work_type: "travel", jobs: [{id: 1, name: "J00001", client: "Marie Tremblay"}]},
    };
    const server = new FakeServer({get_day: () => makeDay({jobless: [entry]})});
    const {store} = await openPage({server});
    await waitFor("[data-entry-job='1']");
    server.answers.get_day = () => makeDay();
    await tap("[data-entry-job='1']");
    const action = await waitForAction(server, "entry_job");
    expect([action.attendance_id, action.job_id]).toEqual([41, 1]);
    await waitForNone("[data-jobless]");
    expect(store.shown.day.jobless).toEqual([]);
});

test("the clock shows what runs, with the hours of the day", async () => {
    const server = new FakeServer({
        get_day: () => makeDay({clock: makeRunningClock({hours_today: 1.5, job_name: "J00001"})}),
    });
    await openPage({server});
    await waitFor(".clock-work");
    expect(".clock-job").toHaveText("J00001 · Marie Tremblay");
    expect(".clock-today").toHaveText(/Today 1:30/);
    expect(makeClock().since).toBe(false);
});
