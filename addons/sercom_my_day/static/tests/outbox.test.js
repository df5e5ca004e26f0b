import {beforeEach, describe, expect, test} from "@odoo/hoot";
import {advanceTime, waitFor, waitUntil} from "@odoo/hoot-dom";
import {mockDate} from "@odoo/hoot-mock";
import {
    FakeServer,
    ME,
    NEVER,
    UNREACHABLE,
    clearPhone,
    makeDay,
    makeJob,
    openPage,
    tap,
    waitForAction,
} from "./my_day_test_helpers";
import {Pieces} from "@sercom_my_day/my_day/pieces";
import {Storage} from "@sercom_my_day/my_day/storage";
import {patchWithCleanup} from "@web/../tests/web_test_helpers";

describe.current.tags("desktop");
beforeEach(clearPhone);

const note = (text) => ({kind: "note", job_id: 1, text});

test("what cannot be sent waits, and goes in order when the network is back", async () => {
    const server = new FakeServer({sync: UNREACHABLE});
    const {store} = await openPage({server});
    await store.act(note("First"));
    await store.act(note("Second"));
    await waitFor("[data-strip=outbox]");
    expect("[data-strip=outbox]").toHaveText(/2 things to send/);
    delete server.answers.sync;
    Object.assign(server.answers, {sync: new FakeServer().answers.sync});
    server.calls = [];
    store.queue.flush();
    await waitUntil(() => !store.outbox.length);
    expect(server.actions.map(({text}) => text)).toEqual(["First", "Second"]);
});

test("it is tried again by itself", async () => {
    let isReachable = false;
    const {sync} = new FakeServer().answers;
    const server = new FakeServer({sync: (kwargs) => (isReachable ? sync(kwargs) : UNREACHABLE())});
    const {store} = await openPage({server});
    await store.act(note("First"));
    await waitUntil(() => store.connection === "no_network");
    isReachable = true;
    await advanceTime(6000);
    await waitUntil(() => !store.outbox.length);
    expect(new Set(server.actions.map(({text}) => text)).size).toBe(1);
});

test("what waited when the page was closed is sent by the next one", async () => {
    const server = new FakeServer({sync: UNREACHABLE});
    const first = await openPage({server});
    await first.store.act(note("Kept"));
    await waitFor("[data-strip=outbox]");
    first.close();
    const second = await openPage();
    const action = await waitForAction(second.server, "note");
    expect(action.text).toBe("Kept");
    await waitUntil(() => !second.store.outbox.length);
});

test("a photo goes by itself, behind all that is small", async () => {
    const server = new FakeServer({sync: UNREACHABLE});
    const {store} = await openPage({server});
    await store.act(note("Before"));
    await store.act({kind: "photo", job_id: 1, name: "p.jpg", blob: new Blob(["photo"])});
    await store.act(note("Behind"));
    await store.queue.flushing;
    server.calls = [];
    Object.assign(server.answers, {sync: new FakeServer().answers.sync});
    await store.queue.flush();
    const kinds = server.calls
        .filter(({method}) => method === "sync")
        .map(({actions}) => actions.map(({kind}) => kind));
    expect(kinds).toEqual([["note", "note"], ["photo"]]);
    expect(server.actions[2].image).toBe(btoa("photo"));
});

test("what waits is not read from the disk again for each photo", async () => {
    const server = new FakeServer({sync: UNREACHABLE});
    const {store} = await openPage({server});
    for (const name of ["a.jpg", "b.jpg", "c.jpg", "d.jpg"]) {
        await store.act({kind: "photo", job_id: 1, name, blob: new Blob(["photo"])});
    }
    await store.queue.flushing;
    let reads = 0;
    patchWithCleanup(Storage.prototype, {
        listOwnSeqs() {
            reads += 1;
            return super.listOwnSeqs();
        },
    });
    server.calls = [];
    Object.assign(server.answers, {sync: new FakeServer().answers.sync});
    await store.queue.flush();
    expect(server.actions).toHaveLength(4);
    expect(reads).toBe(3); // of each lane, and of what waited for the photos
});

const BIG = new Blob([new Uint8Array(100 * 1024)], {type: "image/jpeg"});
const photo = {kind: "photo", job_id: 1, name: "p.jpg", blob: BIG};

/** A server that keeps pieces; `pieces(kwargs)` may answer in its place. */
function makePieceServer(pieces = () => undefined, answers = {}) {
    const received = {};
    return new FakeServer({
        put_piece(kwargs) {
            const {uuid, position, data} = kwargs;
            const answer = pieces(kwargs);
            if (!answer && position === (received[uuid] || 0)) {
                received[uuid] = position + atob(data).length;
            }
            return answer || {user_id: ME, received: received[uuid]};
        },
        ...answers,
    });
}

test("a punch does not wait for a photo that is on its way", async () => {
    let open;
    const gate = new Promise((resolve) => (open = resolve));
    const server = makePieceServer(() => gate);
    const {store} = await openPage({server});
    await store.act(photo);
    await waitUntil(() => server.count("put_piece") === 1, {timeout: 2000});
    await store.punch("start", {work_type: "other"});
    await waitForAction(server, "punch");
    expect(server.count("put_piece")).toBe(1);
    open({user_id: ME, received: BIG.size});
    const action = await waitForAction(server, "photo");
    expect([action.size, action.image]).toEqual([BIG.size, undefined]);
});

test("a photo goes on where it was broken off, also in the next page", async () => {
    let count = 0;
    const breaking = () => {
        count += 1;
        return count > 1 ? UNREACHABLE() : undefined;
    };
    const server = makePieceServer(breaking);
    const first = await openPage({server});
    await first.store.act(photo);
    await waitUntil(() => first.store.connection === "no_network", {timeout: 2000});
    const [part] = Object.values(first.store.progress);
    expect(part).toBeGreaterThan(0);
    const before = server.calls.findLast(({method}) => method === "put_piece").position;
    first.close();
    count = -1000;
    server.calls = [];
    const second = await openPage({server});
    await waitForAction(second.server, "photo");
    const positions = server.calls
        .filter(({method}) => method === "put_piece")
        .map(({position}) => position);
    // The first one asks how far it came.
    expect(positions[0]).toBe(0);
    expect(positions[1]).toBe(before);
    expect(positions.at(-1)).toBeLessThan(BIG.size);
});

test("a piece may take as long as the measured speed wants", async () => {
    const delays = [];
    const {setTimeout: wait} = globalThis;
    patchWithCleanup(globalThis, {
        setTimeout(run, delay) {
            delays.push(delay);
            return wait(run, delay);
        },
    });
    const server = makePieceServer();
    server.start();
    const pieces = new Pieces();
    pieces.speed = 0.1; // bytes in a millisecond: 16 kB in 164 seconds
    await pieces.send({uuid: "slow", blob: BIG}, ME, async () => true);
    const limits = delays.filter((delay) => delay >= 20000);
    expect(limits[0]).toBe((6 * 16 * 1024) / 0.1);
    expect(limits.at(-1)).toBe(20000); // it was fast: measured again
});

test("how much of a photo has arrived is seen", async () => {
    let count = 0;
    const {promise, resolve} = Promise.withResolvers();
    const server = makePieceServer(() => (++count > 1 ? promise : undefined));
    const {store} = await openPage({server, hash: "job/1/photos"});
    await store.act({...photo, when: "before"});
    await waitFor("progress.photo-progress:visible", {timeout: 3000});
    const bar = document.querySelector("progress.photo-progress");
    await waitUntil(() => bar.value > 0 && bar.value < 1, {timeout: 3000});
    expect(bar.getBoundingClientRect().width).toBeGreaterThan(20);
    resolve(UNREACHABLE()); // a request without end would keep the lane, for the next page too
});

test("a completion waits for the photos of its job, and nothing else does", async () => {
    const server = makePieceServer(() => UNREACHABLE());
    const {store} = await openPage({server});
    await store.act(photo);
    await store.act({kind: "complete", job_id: 1});
    await store.act({...note("Later"), job_id: 2});
    await store.act({kind: "punch", punch: "end", job_id: 1});
    await waitForAction(server, "punch");
    await waitForAction(server, "note");
    await waitUntil(() => store.outbox.length === 2, {timeout: 2000});
    expect(store.outbox.map(({kind}) => kind)).toEqual(["photo", "complete"]);
    server.answers.put_piece = makePieceServer().answers.put_piece;
    await store.queue.flush();
    await waitUntil(() => !store.outbox.length, {timeout: 2000});
    expect(server.actions.map(({kind}) => kind).slice(-2)).toEqual(["photo", "complete"]);
});

test("what is too big is refused here, and holds up nothing", async () => {
    const {sync} = new FakeServer().answers;
    const server = new FakeServer({
        sync: (kwargs) =>
            kwargs.actions[0].image ? new Response("", {status: 413}) : sync(kwargs),
    });
    const {store} = await openPage({server});
    await store.act({kind: "photo", job_id: 1, name: "p.jpg", blob: new Blob(["photo"])});
    await store.act(note("Behind"));
    await waitUntil(() => store.outbox.length === 1 && store.outbox[0].message);
    expect(store.outbox[0].message).toMatch(/takes nothing of this size/);
});

test("what is refused stays until it is read, and can be sent again", async () => {
    const {sync} = new FakeServer().answers;
    const refuse = ({actions}) => ({
        user_id: ME,
        results: actions.map(({uuid}) => ({uuid, status: "refused", message: "Too late"})),
    });
    const server = new FakeServer({sync: refuse});
    const {store} = await openPage({server});
    const {uuid} = await store.act(note("Valve leaks"));
    await waitFor("[data-strip=outbox]");
    await tap("[data-strip=outbox]");
    await waitFor(".refusal");
    expect(".refusal").toHaveText("Too late");
    expect("[data-action=send]").toHaveCount(0); // nothing waits to be sent
    server.answers.sync = sync;
    await tap("[data-action=retry]");
    await waitUntil(() => !store.outbox.length);
    expect(server.actions.at(-1).uuid).not.toBe(uuid);
});

test("what the office decides about keeps its name, and is read", async () => {
    const server = new FakeServer({sync: UNREACHABLE});
    const {store} = await openPage({server});
    await store.act({...note("Valve leaks"), draft: {note: "Valve leaks"}});
    // The job is given to somebody else meanwhile.
    server.answers.get_day = () => makeDay({days: [{date: "2026-11-03", visits: []}]});
    server.answers.get_jobs = () => [];
    await store.refresh();
    server.answers.sync = ({actions}) => ({
        user_id: ME,
        results: actions.map(({uuid}) => ({
            ...{uuid, status: "refused", message: "The office decides", is_proposed: true},
        })),
    });
    await store.queue.flush();
    await waitFor("[data-strip=outbox]");
    await tap("[data-strip=outbox]");
    await waitFor("[data-outbox=note]");
    expect("[data-outbox=note]").toHaveText(/J00001 · Marie Tremblay · Valve leaks/);
    expect("[data-action=retry]").toHaveCount(0);
    expect(server.actions.at(-1).place).toBe(undefined);
    expect(store.drafts.get(1, "note")).toBe(undefined);
    await tap("[data-action=dismiss]");
    await waitUntil(() => !store.outbox.length);
    expect(".question").toHaveCount(0);
});

test("a job that was given to somebody else says so", async () => {
    const refusal = {data: {message: "No access"}, message: "Odoo"};
    const server = new FakeServer({
        get_jobs: ({job_ids}) =>
            job_ids.includes(9)
                ? new Response(JSON.stringify({jsonrpc: "2.0", error: refusal}))
                : [makeJob()],
    });
    const {store} = await openPage({server, hash: "job/9/job"});
    await waitFor("[data-gone]");
    await waitUntil(() => store.connection === "online");
    expect("[data-gone]").toHaveText(/no longer planned for you/);
});

test("a job that is given to somebody else while it is open says so", async () => {
    const refusal = {data: {message: "No access"}, message: "Odoo"};
    const given = {is: false};
    const server = new FakeServer({
        get_day: () => (given.is ? makeDay({days: []}) : makeDay()),
        get_jobs: () =>
            given.is ? new Response(JSON.stringify({jsonrpc: "2.0", error: refusal})) : [makeJob()],
    });
    const {store} = await openPage({server, hash: "job/1/job"});
    await waitFor("[data-tab=notes]");
    await waitUntil(() => store.connection === "online" && !store.isRefreshing);
    given.is = true;
    await store.refresh();
    await waitFor("[data-gone]", {timeout: 2000});
    expect("[data-gone]").toHaveText(/no longer planned for you/);
});

test("a phone that is full clocks all the same, and says so once", async () => {
    const {store, server} = await openPage({server: makePieceServer()});
    const place = await store.storage.place;
    const refuse = () => Promise.reject(new DOMException("Full", "QuotaExceededError"));
    Object.assign(place, {add: refuse, write: refuse, update: refuse});
    await store.punch("start", {work_type: "other"});
    await waitForAction(server, "punch");
    await store.act(note("Valve leaks"));
    await store.act(photo);
    store.drafts.set(1, "note", "More");
    await waitForAction(server, "note");
    await waitUntil(() => !store.outbox.length, {timeout: 2000});
    expect(store.connection).toBe("online");
    expect("[data-strip=notice]").toHaveCount(1);
    expect("[data-strip=notice]").toHaveText(/This phone is full/);
});

test("an action tells what the phone knows of its clock", async () => {
    const {store, server} = await openPage();
    await store.act(note("Sure"));
    const {offset, is_offset_sure: isSure, age, clock} = await waitForAction(server, "note");
    expect([offset, isSure, age, clock]).toEqual([0, true, 0, undefined]);
    // Somebody sets the clock.
    server.answers.get_day = NEVER;
    mockDate("2026-11-03 16:30:00", 0);
    await store.act(note("Doubtful"));
    await waitUntil(() => server.actions.length === 2, {timeout: 2000});
    const {moment, is_offset_sure: isStill} = server.actions[1];
    expect([moment, isStill]).toEqual(["2026-11-03 16:30:00", false]);
});

test("an answer that was lost sends the same number again", async () => {
    const {sync} = new FakeServer().answers;
    let count = 0;
    const server = new FakeServer({
        sync: (kwargs) => {
            count += 1;
            return count === 1 ? UNREACHABLE() : sync(kwargs);
        },
    });
    const {store} = await openPage({server});
    await store.act(note("Once"));
    await waitUntil(() => store.connection === "no_network");
    await store.queue.flush();
    await waitUntil(() => !store.outbox.length);
    expect(new Set(server.actions.map(({uuid}) => uuid)).size).toBe(1);
});
