import {beforeEach, describe, expect, test} from "@odoo/hoot";
import {waitFor, waitUntil} from "@odoo/hoot-dom";
import {
    FakeServer,
    ME,
    UNREACHABLE,
    clearPhone,
    makeDay,
    openPage,
    tap,
} from "./my_day_test_helpers";

describe.current.tags("desktop");
beforeEach(clearPhone);

const note = (text) => ({kind: "note", job_id: 1, text});

/** A server that keeps what is sent for the office to decide, but refuses what is called so. */
function makeOffice() {
    return new FakeServer({
        sync: ({actions}) => ({
            user_id: ME,
            results: actions.map(({uuid, text}) => ({
                ...{uuid, status: "refused", message: "Why"},
                is_proposed: text !== "Refuse me",
            })),
        }),
    });
}

test("one line always says how it stands", async () => {
    const {server, store} = await openPage();
    await waitFor("[data-strip=sent]");
    expect(".status > *").toHaveCount(1);
    expect("[data-strip=sent]").toHaveText("Everything is sent.");
    server.answers.sync = UNREACHABLE;
    await store.act(note("Valve leaks"));
    await waitFor("[data-strip=outbox]");
    expect(".status > *").toHaveCount(1);
    await tap("[data-strip=outbox]");
    await waitFor("[data-screen=outbox] [data-outbox=note]");
    expect(".status > *").toHaveCount(1);
});

test("what the office decides about is not said to be refused", async () => {
    const {store} = await openPage({server: makeOffice()});
    await store.act(note("First"));
    await waitFor("[data-strip=outbox]");
    expect("[data-strip=outbox]").toHaveText("1 thing waits for the office. Tap to read.");
    expect("[data-strip=outbox]").toHaveClass("strip-waiting");
    await store.act(note("Second"));
    await waitUntil(() => store.outbox.filter(({message}) => message).length === 2);
    await waitFor("[data-strip=outbox]:contains(2 things wait for the office)");
    await store.act(note("Refuse me"));
    await waitFor("[data-strip=outbox]:contains(1 thing was refused)");
    expect("[data-strip=outbox]").toHaveClass("strip-bad");
    await tap("[data-strip=outbox]");
    await waitFor("[data-outbox]");
    expect(".card-bad").toHaveCount(1); // of the three, what was refused
});

test("who is signed out is led to sign in, on the same line", async () => {
    const {server, store} = await openPage();
    const error = {code: 100, message: "Session expired"};
    server.answers.sync = () => new Response(JSON.stringify({jsonrpc: "2.0", error}));
    await store.act(note("Valve leaks"));
    await waitFor("a[data-strip=login][href='/my-day/login']", {timeout: 2000});
    expect("[data-strip=login]").toHaveText("You are signed out. Tap to sign in: nothing is lost.");
    expect(".status > *").toHaveCount(1);
});

test("what others have not sent is told in full where it is looked up", async () => {
    const server = new FakeServer({sync: UNREACHABLE});
    const first = await openPage({server});
    await first.store.act(note("Secret"));
    first.close();
    const user = {id: ME + 1, name: "Max"};
    await openPage({user, server: new FakeServer({get_day: () => makeDay({user})})});
    await waitFor("[data-strip=foreign]");
    await tap("[data-strip=foreign]");
    await waitFor("[data-foreign]");
    expect("[data-foreign]").toHaveText(/somebody else.*must sign in here once/);
});
