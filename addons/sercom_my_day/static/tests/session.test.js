import {beforeEach, describe, expect, test} from "@odoo/hoot";
import {advanceTime, queryOne, waitFor, waitUntil} from "@odoo/hoot-dom";
import {Deferred} from "@odoo/hoot-mock";
import {browser} from "@web/core/browser/browser";
import {
    FakeServer,
    ME,
    UNREACHABLE,
    clearPhone,
    makeDay,
    openPage,
    signIn,
    tap,
} from "./my_day_test_helpers";

describe.current.tags("desktop");
beforeEach(clearPhone);

const OTHER = 8;

test("a page that was kept of somebody else shows nothing, and asks the server nothing", async () => {
    await (await openPage()).close();
    const {server, store} = await openPage({signedIn: OTHER});
    await waitFor("[data-closed=other_user]");
    expect(".clock").toHaveCount(0);
    expect(server.calls).toEqual([]);
    expect(store.shown.day).toBe(null);
});

test("a page that is open closes when somebody else signs in", async () => {
    const {store} = await openPage();
    await waitFor("[data-visit]");
    signIn(OTHER);
    await advanceTime(1500);
    await waitFor("[data-closed=other_user]");
    expect("[data-visit]").toHaveCount(0);
    expect(store.base.day).toBe(null);
});

test("a page whose server answers somebody else closes", async () => {
    const {server, store} = await openPage();
    server.answers.get_day = () => makeDay({user: {id: OTHER, name: "Max", employee_id: 5}});
    await store.refresh();
    await waitFor("[data-closed=other_user]");
    expect(queryOne("[data-closed]").innerText).not.toInclude("Marie");
});

test("signing out sends what waits, and leaves nothing", async () => {
    const {server, store} = await openPage();
    await store.act({kind: "note", job_id: 1, text: "Last"});
    await tap("[data-action=sign_out]");
    await waitFor(".question", {timeout: 2000});
    expect(".question").toHaveText(/Everything is sent/);
    await tap("[data-answer=yes]");
    await waitFor("[data-closed=signed_out]");
    expect(server.actions.map(({text}) => text)).toEqual(["Last"]);
    expect(server.count("destroy")).toBe(1);
    const place = await store.storage.place;
    await waitUntil(async () => !(await place.keys()).length);
    await waitUntil(() => browser.location.pathname === "/my-day/login");
});

test("what was on its way at signing out is forgotten, and is no error", async () => {
    const {server, store} = await openPage();
    const jobs = new Deferred();
    server.answers.get_jobs = () => jobs;
    const refreshed = store.refresh();
    await waitUntil(() => server.calls.at(-1).method === "get_jobs");
    await tap("[data-action=sign_out]");
    await waitFor(".question", {timeout: 2000});
    await tap("[data-answer=yes]");
    await waitFor("[data-closed=signed_out]");
    const asked = server.calls.length;
    jobs.resolve([]);
    await refreshed;
    expect(server.calls.length).toBe(asked);
    expect(store.base.day).toBe(null);
    expect(await (await store.storage.place).keys()).toEqual([]);
});

test("what cannot be sent is told, and stays", async () => {
    const server = new FakeServer({sync: UNREACHABLE});
    const {store} = await openPage({server});
    await store.act({kind: "note", job_id: 1, text: "Last"});
    await tap("[data-action=sign_out]");
    await waitFor(".question", {timeout: 2000});
    expect(".question").toHaveText(/not sent yet \(1\)/);
    await tap("[data-answer=yes]");
    await waitFor("[data-closed=signed_out]");
    expect((await store.storage.listOwnSeqs()).length).toBe(1);
});

test("who stays signed in keeps everything", async () => {
    const {server} = await openPage();
    await tap("[data-action=sign_out]");
    await waitFor(".question", {timeout: 2000});
    await tap("[data-answer=no]");
    await waitFor("[data-visit]");
    expect(server.count("destroy")).toBe(0);
});

test("the next person sees that something of others waits", async () => {
    const server = new FakeServer({sync: UNREACHABLE});
    const first = await openPage({server});
    await first.store.act({kind: "note", job_id: 1, text: "Secret"});
    first.close();
    const {store} = await openPage({
        user: {id: OTHER, name: "Max"},
        server: new FakeServer({get_day: () => makeDay({user: {id: OTHER, name: "Max"}})}),
    });
    await waitFor("[data-strip=foreign]");
    expect(store.outbox.length).toBe(0);
    expect(ME).not.toBe(OTHER);
});
