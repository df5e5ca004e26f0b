import {beforeEach, describe, expect, test} from "@odoo/hoot";
import {press, queryAll, waitFor, waitForNone, waitUntil} from "@odoo/hoot-dom";
import {advanceTime} from "@odoo/hoot-mock";
import {getArrival} from "@sercom_my_day/my_day/on_my_way_sheet";
import {browser} from "@web/core/browser/browser";
import {
    ANNE,
    FakeServer,
    LUC,
    NEVER,
    clearPhone,
    makeDay,
    makeJob,
    makePerson,
    makeRunningClock,
    makeVisit,
    openPage,
    tap,
    waitForAction,
} from "./my_day_test_helpers";

describe.current.tags("desktop");
beforeEach(clearPhone);

const CREW = [
    makePerson({id: LUC, name: "Luc Gagnon", is_leader: true, is_me: true}),
    makePerson({id: ANNE, name: "Anne Roy", is_clocked: true, clocked_job_id: 1}),
];

function withCrew(values = {}) {
    return new FakeServer({
        get_day: () => makeDay({clock: makeRunningClock()}),
        get_jobs: () => [makeJob({crew: CREW, checks: [], ...values})],
    });
}

// On my way

test("arrival is reckoned as the server does", () => {
    const visit = makeVisit(); // at 14:00
    const now = Date.UTC(2026, 10, 3, 13, 30, 20);
    const at = (hour, minute) => Date.UTC(2026, 10, 3, hour, minute);
    expect(getArrival(visit, 20, now)).toBe(at(14, 5)); // 30 km, 30 minutes, and 5
    expect(getArrival(visit, null, now)).toBe(at(14, 0));
    expect(getArrival(visit, null, now + 3600000)).toBe(at(14, 45));
});

test("who is told of which arrival is asked before", async () => {
    const visit = makeVisit({start: "2026-11-03 15:00:00"});
    const days = [{date: "2026-11-03", visits: [visit]}];
    const {server} = await openPage({server: new FakeServer({get_day: () => makeDay({days})})});
    await tap("[data-action=on_my_way]");
    await waitFor("[data-arrival]");
    expect("[data-recipient='91']").toHaveText(/Paul Roy, by e-mail/);
    expect("[data-recipient='92']").toHaveText(/Marie Tremblay, by text message/);
    expect("[data-arrival]").toHaveText(/10:00\s–\s10:30/);
    await tap("[aria-label='5 minutes later']");
    await waitUntil(() => queryAll("[data-arrival]")[0].innerText.includes("10:05"));
    await tap("[data-recipient='92']");
    await tap("[data-answer=tell]");
    const action = await waitForAction(server, "on_my_way");
    expect([action.partner_id, action.arrival]).toEqual([92, "2026-11-03 15:05:00"]);
    expect(server.actions.map(({kind}) => kind)).toEqual(["on_my_way"]);
});

test("it is taken back before it is sent", async () => {
    const {server, store} = await openPage({holdTimes: {on_my_way: 60000}});
    await tap("[data-action=on_my_way]");
    await tap("[data-answer=tell]");
    await waitFor("[data-action=take_back]");
    expect(".notices").toHaveText(/Paul Roy is told in \d+ s/);
    expect("[data-action=on_my_way]").toHaveCount(0);
    await tap("[data-action=take_back]");
    await waitFor("[data-action=on_my_way]");
    await store.queue.sendAll();
    expect(server.actions).toHaveLength(0);
});

test("who takes it back reads that the travel clock runs on", async () => {
    const clock = makeRunningClock({work_type: "travel"});
    const server = new FakeServer({get_day: () => makeDay({clock})});
    await openPage({server, holdTimes: {on_my_way: 60000}});
    await tap("[data-action=on_my_way]");
    await tap("[data-answer=yes]");
    await tap("[data-action=take_back]");
    await waitFor("[data-strip=notice]");
    expect("[data-strip=notice]").toHaveText("Paul Roy is not told. Your travel clock still runs.");
});

test("not now tells nobody", async () => {
    const {server, store} = await openPage();
    await tap("[data-action=on_my_way]");
    await waitFor("[data-form=on_my_way]");
    await tap("[data-answer=no]");
    await waitForNone("[data-form=on_my_way]");
    expect([store.outbox.length, server.actions.length]).toEqual([0, 0]);
});

test("who cannot be told is to be called", async () => {
    const recipients = [{id: 91, name: "Paul Roy", channel: ""}];
    const days = [{date: "2026-11-03", visits: [makeVisit({recipients})]}];
    const server = new FakeServer({get_day: () => makeDay({days})});
    await openPage({server, holdTimes: {on_my_way: 60000}});
    await tap("[data-action=on_my_way]");
    await waitFor("[data-untold]");
    expect("[data-untold]").toHaveText(/Paul Roy has no address/);
    await tap("[data-answer=yes]");
    await waitForAction(server, "on_my_way"); // nothing is to be taken back
});

// Crew

test("still to do names a mate whose clock runs, and the leader ends it", async () => {
    const {server} = await openPage({server: withCrew(), hash: "job/1/finish"});
    await waitFor("[data-missing]");
    expect("[data-missing]").toHaveText(/Anne Roy is still clocked in/);
    expect("[data-action=complete]").toHaveProperty("disabled", true);
    server.answers.get_jobs = () => [makeJob({checks: []})];
    await tap("[data-action=end_mates]");
    const punch = await waitForAction(server, "punch");
    expect([punch.punch, punch.job_id, punch.employee_ids]).toEqual(["end", 1, [ANNE]]);
    await waitForNone("[data-missing]");
});

test("a leader who arrives clocks in: the road to the job is no work on it", async () => {
    const travel = {is_clocked: true, clocked_job_id: 1, clocked_work_type: "travel"};
    const server = withCrew({crew: [{...CREW[0], ...travel}, makePerson({id: ANNE})]});
    server.answers.get_day = () => makeDay({clock: makeRunningClock({work_type: "travel"})});
    await openPage({server, hash: "job/1/job"});
    await waitFor("[data-punch=job]");
    expect("[data-punch=job]").toHaveText("Clock in");
    expect(".screen-job").toHaveText(/on the road/);
    server.answers.get_jobs = NEVER;
    server.answers.get_day = NEVER;
    await tap("[data-punch=job]");
    const punch = await waitForAction(server, "punch");
    expect([punch.punch, punch.work_type, punch.job_id]).toEqual(["start", "work", 1]);
    await waitUntil(() => queryAll("[data-punch=job]")[0].innerText.includes("Clock out"));
});

test("who does not lead sees the mate, and no button", async () => {
    const crew = CREW.map((person) => ({...person, is_leader: false}));
    const server = withCrew({crew, is_leader: false});
    await openPage({server, hash: "job/1/finish"});
    await waitFor("[data-missing]");
    expect("[data-missing]").toHaveText(/Anne Roy/);
    expect("[data-action=end_mates]").toHaveCount(0);
});

for (const [answer, people] of [
    ["yes", [[ANNE], undefined]],
    ["no", [undefined]],
]) {
    test(`end of the leader's day offers to clock the crew out: ${answer}`, async () => {
        const {server} = await openPage({server: withCrew()});
        await tap("[data-punch=end]");
        await waitFor(".question");
        expect(".question").toHaveText(/Anne Roy/);
        await tap(`[data-answer=${answer}]`);
        await waitUntil(() => server.actions.length === people.length);
        expect(server.actions.map((action) => action.employee_ids)).toEqual(people);
        expect(new Set(server.actions.map(({punch}) => punch))).toEqual(new Set(["end"]));
    });
}

test("the question at the end of the leader's day can be left, and no clock ends", async () => {
    const {server, store} = await openPage({server: withCrew()});
    await tap("[data-punch=end]");
    await tap("[data-answer=leave]");
    await waitForNone(".question");
    store.lastTaps = {};
    await tap("[data-punch=end]");
    await waitFor(".question");
    await press("Escape");
    await waitForNone(".question");
    expect(server.actions).toEqual([]);
    expect(store.outbox).toEqual([]);
});

test("end of the day asks nobody whose crew is out", async () => {
    const {server} = await openPage({server: withCrew({crew: [CREW[0]]})});
    await tap("[data-punch=end]");
    await waitForAction(server, "punch");
    expect(".question").toHaveCount(0);
});

// The way back

test("back leaves a job in one step, to the days that were shown", async () => {
    await openPage();
    await tap("[data-span=week]");
    await tap("[data-job='2']");
    await tap("[data-tab=photos]");
    await waitFor("[data-photos]");
    await tap("[data-tab=notes]");
    await waitFor("[data-field=note]");
    expect(browser.location.hash).toBe("#job/2/notes");
    await tap("[data-action=back]");
    await waitFor("[data-span=week][aria-pressed=true]");
    await waitFor("[data-visit='12']");
});

test("back of the first screen goes to the day", async () => {
    await openPage({hash: "job/1/notes"});
    await waitFor("[data-field=note]");
    await tap("[data-action=back]");
    await waitFor("[data-screen=day]");
});

test("a notice goes by itself", async () => {
    const {store} = await openPage();
    store.notify("Saved");
    await waitFor("[data-strip=notice]");
    await advanceTime(8000);
    await waitForNone("[data-strip=notice]");
    store.notify("Refused", true);
    await waitFor("[data-strip=notice]");
    await advanceTime(30000);
    await waitForNone("[data-strip=notice]");
});

test("the same notice is there once", async () => {
    const {store} = await openPage();
    store.notify("Too late", true);
    store.notify("Too late", true);
    await waitFor("[data-strip=notice]");
    expect("[data-strip=notice]").toHaveCount(1);
});

test("a job opens before the day is known, also of who does not lead", async () => {
    const server = withCrew({is_leader: false});
    server.answers.get_day = NEVER;
    await openPage({server, hash: "job/1/job", isWaiting: false});
    await waitFor("[data-punch=job]");
    expect("[data-punch=job]").toHaveText("Clock in");
});
