import {beforeEach, describe, expect, test} from "@odoo/hoot";
import {queryAllTexts, queryOne, select, waitFor, waitForNone, waitUntil} from "@odoo/hoot-dom";
import {
    FakeServer,
    ME,
    NEVER,
    UNREACHABLE,
    clearPhone,
    makeEntry,
    makeHours,
    openPage,
    tap,
    type,
    waitForAction,
} from "./my_day_test_helpers";

describe.current.tags("desktop");
beforeEach(clearPhone);

async function openHours(entries, answers = {}) {
    const server = new FakeServer({get_hours: () => makeHours(entries), ...answers});
    const page = await openPage({server, hash: "hours"});
    await waitFor("[data-hours-day]");
    return page;
}

async function setTime(field, time) {
    const element = await waitFor(`[data-field=${field}]`);
    element.value = time;
    element.dispatchEvent(new Event("input", {bubbles: true}));
}

test("the week shows its days, entries and what became of them", async () => {
    await openHours([
        makeEntry({state: "approved"}),
        makeEntry({
            ...{id: 42, start: "2026-11-02 14:00:00", end: "2026-11-02 15:30:00", hours: 1.5},
            ...{work_type: "travel", state: "waiting"},
            correction: {
                ...{id: 5, state: "refused", start: "2026-11-02 14:00:00"},
                ...{end: "2026-11-02 16:00:00", job_name: "J00001", reason: "", note: "Too long"},
            },
        }),
    ]);
    expect(".week-hours").toHaveText("2:30");
    expect(queryAllTexts("[data-hours-day] h2 span:first-child")).toEqual([
        "Tuesday, November 3",
        "Monday, November 2",
        "Sunday, November 1",
    ]);
    expect("[data-entry='41'] .chip").toHaveText("Approved");
    expect("[data-entry='41']").toHaveText(/J00001 · Marie Tremblay/);
    expect("[data-entry='42'] .refusal").toHaveText(/Correction refused.*Too long/);
    expect("[data-entry='42']").toHaveText(/Travel · J00001/);
});

test("hours are there without network", async () => {
    const server = new FakeServer({get_hours: () => makeHours()});
    const {close} = await openPage({server});
    await waitUntil(() => server.count("get_hours"));
    await waitUntil(() => server.count("get_hours") && queryOne("[data-action=hours]"));
    close();
    server.answers = new Proxy({}, {get: () => UNREACHABLE});
    await openPage({server, hash: "hours"});
    await waitFor("[data-entry='41']");
    await tap("[data-action=week_before]");
    await waitFor("[data-hours-day='2026-10-31']");
    await tap("[data-action=week_before]");
    await waitFor(".empty");
    expect(".empty").toHaveText("This week is not on the phone.");
});

test("a correction is proposed, and shown before the office has heard of it", async () => {
    const {server, store} = await openHours([makeEntry()], {sync: UNREACHABLE});
    await tap("[data-action=correct_entry]");
    await waitFor("[data-form=hours]");
    expect(queryOne("[data-field=start]").value).toBe("08:00");
    expect(queryOne("[data-field=end]").value).toBe("09:00");
    expect("[data-action=propose]").toHaveProperty("disabled", true);
    await setTime("end", "10:30");
    await type("[data-field=reason]", "I forgot");
    await waitFor("[data-action=propose]:not([disabled])");
    await tap("[data-answer=no]");
    await waitForNone("[data-form=hours]");
    await tap("[data-action=correct_entry]"); // what was typed is kept
    await waitFor("[data-form=hours]");
    expect(queryOne("[data-field=end]").value).toBe("10:30");
    await tap("[data-action=propose]");
    await waitForNone("[data-form=hours]");
    await waitFor("[data-entry='41'] .hint");
    expect("[data-entry='41'] .hint").toHaveText(/waits to be sent: 08:00 – 10:30/);
    server.answers.sync = new FakeServer().answers.sync;
    await store.queue.flush();
    const action = await waitForAction(server, "correction");
    const {date, start, end, reason, attendance_id, job_id, work_type} = action;
    expect([date, start, end, reason]).toEqual(["2026-11-03", "08:00", "10:30", "I forgot"]);
    expect([attendance_id, job_id, work_type]).toEqual([41, 1, "work"]);
    expect([action.draft, action.draft_of]).toEqual([undefined, undefined]);
    expect(store.drafts.get("hours", "entry_41")).toBe(undefined);
});

test("a refused correction gives back what was typed", async () => {
    const {store} = await openHours([makeEntry()], {
        sync: ({actions}) => ({
            user_id: ME,
            results: actions.map(({uuid}) => ({uuid, status: "refused", message: "Overlaps"})),
        }),
    });
    await tap("[data-action=correct_entry]");
    await setTime("end", "10:30");
    await type("[data-field=reason]", "I forgot");
    await tap("[data-action=propose]");
    await waitUntil(() => store.outbox[0]?.message);
    expect(JSON.parse(store.drafts.get("hours", "entry_41")).end).toBe("10:30");
});

test("missing hours are added to a day, also without a job", async () => {
    const {server} = await openHours([]);
    await tap("[data-hours-day='2026-11-02'] [data-action=add_entry]");
    await setTime("start", "13:00");
    await setTime("end", "14:00");
    await select("", {target: "[data-field=job_id]"});
    await select("other", {target: "[data-field=work_type]"});
    await type("[data-field=reason]", "Workshop");
    server.answers.get_hours = NEVER; // what the phone knows by itself
    await tap("[data-action=propose]");
    const {date, attendance_id, job_id, work_type} = await waitForAction(server, "correction");
    expect([date, attendance_id, job_id, work_type]).toEqual([
        "2026-11-02",
        undefined,
        undefined,
        "other",
    ]);
    await waitFor("[data-entry=missing]", {timeout: 2000});
});

for (const [others, chosen] of [
    [[], "1"],
    [[{id: 2, name: "J00002", client: "Paul Roy"}], ""],
]) {
    test(`missing hours are for the job of the day, with ${others.length} others`, async () => {
        const hours = makeHours([]);
        hours.weeks[0].days.forEach(({jobs}) => jobs.push(...others));
        await openHours([], {get_hours: () => hours});
        await tap("[data-hours-day='2026-11-02'] [data-action=add_entry]");
        await waitFor("[data-form=hours]");
        expect(queryOne("[data-field=job_id]").value).toBe(chosen); // of several none is guessed
    });
}

test("missing hours stand where they belong in the day", async () => {
    const entries = [8, 15].map((hour, index) =>
        makeEntry({id: 41 + index, start: `2026-11-03 ${String(hour + 5).padStart(2, "0")}:00:00`})
    );
    await openHours(entries, {sync: UNREACHABLE});
    await tap("[data-hours-day='2026-11-03'] [data-action=add_entry]");
    await setTime("start", "10:00");
    await setTime("end", "11:00");
    await type("[data-field=reason]", "I forgot");
    await tap("[data-action=propose]");
    await waitFor("[data-entry=missing]", {timeout: 2000});
    const places = [...document.querySelectorAll("[data-hours-day='2026-11-03'] [data-entry]")];
    expect(places.map(({dataset}) => dataset.entry)).toEqual(["41", "missing", "42"]);
});

test("a pay sheet shows where there is one", async () => {
    await openHours([], {
        get_hours: () => {
            const hours = makeHours([]);
            hours.weeks[0].pay_sheets = [{name: "Pay of November 7", url: "/pay/7"}];
            return hours;
        },
    });
    expect("a[href='/pay/7']").toHaveText("Pay of November 7");
});
