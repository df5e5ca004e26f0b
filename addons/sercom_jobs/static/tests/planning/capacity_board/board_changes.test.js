import {beforeEach, describe, expect, test} from "@odoo/hoot";
import {runAllTimers} from "@odoo/hoot-dom";
import {Deferred, mockDate} from "@odoo/hoot-mock";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {makeMockEnv} from "@web/../tests/web_test_helpers";
import {RPCError} from "@web/core/network/rpc";
import {BoardChanges} from "@sercom_jobs/planning/capacity_board/board_changes";
import {BoardStore} from "@sercom_jobs/planning/capacity_board/board_store";
import {HOUR} from "@sercom_jobs/planning/capacity_board/board_time";
import {MONDAY, at, makeBlock, makeBoard, makeEmployee, makeJob} from "./board_test_helpers";

describe.current.tags("headless");

defineMailModels();

let answers = {};
let asked = [];
let store = null;
let changes = null;

/** A server that notes what it is asked, and answers what the test says. */
function makeOrm() {
    const ask = async (model, method, args = []) => {
        asked.push([method, ...args]);
        const answer = answers[method];
        return typeof answer === "function" ? answer(...args) : answer;
    };
    const orm = {
        async call(model, method, args) {
            if (method === "create_if_unchanged") {
                return {ids: await ask(model, "create", [args[2]]), changed: []};
            }
            return method === "write_if_unchanged"
                ? ask(model, "write", [args[0], args[2]])
                : ask(model, method, args);
        },
        write: (model, ids, vals) => ask(model, "write", [ids, vals]),
        unlink: (model, ids) => ask(model, "unlink", [ids]),
        read: (model, ids, fields) => ask(model, "read", [ids, fields]),
    };
    return {...orm, silent: orm};
}

function refuse(message) {
    const error = new RPCError(message);
    error.exceptionName = "odoo.exceptions.ValidationError";
    error.data = {message};
    throw error;
}

const written = () => asked.filter(([method]) => !/^get_/.test(method));

beforeEach(async () => {
    await makeMockEnv();
    mockDate(`${MONDAY} 10:00:00`);
    const employees = [makeEmployee({id: 1}), makeEmployee({id: 2})];
    const board = makeBoard({
        employees,
        blocks: [makeBlock({id: 7, employee_id: 1, client: "Roy"})],
    });
    asked = [];
    answers = {
        get_board: board,
        get_unscheduled: {total: 1, jobs: [makeJob({id: 50, client: "Côté"})]},
        create: [70],
    };
    store = new BoardStore({orm: makeOrm(), today: MONDAY, onChange: () => {}});
    changes = new BoardChanges(store);
    await store.load();
    await store.tray.reload();
    asked = [];
});

const block = () => store.model.blocks.get(7);
const hour = () => store.model.zone.hourOf(block().start);

test("a move shows at once, writes what differs, and is undone", async () => {
    const saved = new Deferred();
    answers.write = saved;
    const {start, end} = block();
    const moving = changes.move(block(), {start: start + 2 * HOUR, end: end + 2 * HOUR});
    expect(hour()).toBe(11);
    expect(block().pending).toBe(true);
    saved.resolve(true);
    expect((await moving).ok).toBe(true);
    expect(block().pending).toBe(false);
    expect(written()).toEqual([["write", [7], {date_start: at(MONDAY, 11)}]]);

    answers.read = [
        {id: 7, employee_id: [1, "Luc"], date_start: at(MONDAY, 11), date_end: at(MONDAY, 13)},
    ];
    asked = [];
    expect((await changes.undo()).label).toBe("Move Roy");
    expect(written().at(-1)).toEqual([
        "write",
        [7],
        {
            employee_id: 1,
            date_start: at(MONDAY, 9),
            date_end: at(MONDAY, 11),
            planned_hours: 2,
        },
    ]);
});

test("what the server refuses goes back where it was", async () => {
    answers.write = () => refuse("Luc is already planned");
    const {start, end} = block();
    const outcome = await changes.move(block(), {employeeId: 2, start, end});
    expect(outcome).toEqual({ok: false, message: "Luc is already planned"});
    expect(block().employee_id).toBe(1);
    expect(store.model.employees.get(2).dayByDate.get(MONDAY).booked).toBe(0);
    expect(changes.history.last).toBe(undefined);
});

test("what breaks goes back too, and is not hidden", async () => {
    answers.write = () => {
        throw new Error("no network");
    };
    const {start, end} = block();
    await expect(changes.move(block(), {start: start + HOUR, end: end + HOUR})).rejects.toThrow();
    expect(hour()).toBe(9);
    expect(store.pending).toBe(0);
});

test("undo never overwrites what someone else did since", async () => {
    const {start, end} = block();
    await changes.move(block(), {start: start + HOUR, end: end + HOUR});
    answers.read = [
        {id: 7, employee_id: [2, "Ann"], date_start: at(MONDAY, 10), date_end: at(MONDAY, 12)},
    ];
    asked = [];
    const {message} = await changes.undo();
    expect(message).toBe("Roy was changed by someone else since. Nothing was undone.");
    expect(written().map(([method]) => method)).toEqual(["read"]);
    expect(changes.history.last).toBe(undefined);
});

test("resizing changes the planned hours shown, and writes both ends", async () => {
    const {start, end} = block();
    await changes.move(block(), {start, end: end + HOUR});
    expect(block().planned_hours).toBe(3);
    expect(written()).toEqual([
        ["write", [7], {date_start: at(MONDAY, 9), date_end: at(MONDAY, 12)}],
    ]);
    expect(changes.history.last.label).toBe("Resize Roy");
});

test("a job of the tray becomes a block, and undo takes it away", async () => {
    const job = store.tray.get(50);
    const start = store.model.zone.at(MONDAY, 14);
    await changes.assign(job, {employeeId: 2, start});
    expect(store.tray.jobs).toEqual([]);
    expect(written()).toEqual([
        [
            "create",
            [
                {
                    employee_id: 2,
                    date_start: at(MONDAY, 14),
                    date_end: at(MONDAY, 16),
                    fsm_order_id: 50,
                },
            ],
        ],
    ]);
    expect(store.model.blocks.get(70).client).toBe("Côté");

    asked = [];
    answers.read = [{id: 70, state: "draft"}];
    await changes.undo();
    expect(written().at(-1)).toEqual(["unlink", [70]]);
    expect(store.model.blocks.has(70)).toBe(false);
});

test("a refused job stays in the tray; with a reason it is booked all the same", async () => {
    answers.create = () => refuse("Ann is already planned");
    const job = store.tray.get(50);
    const start = store.model.zone.at(MONDAY, 14);
    expect((await changes.assign(job, {employeeId: 2, start})).ok).toBe(false);
    expect(store.tray.jobs.map(({id}) => id)).toEqual([50]);
    expect(store.model.employees.get(2).blocks).toEqual([]);

    answers.create = [71];
    await changes.assign(job, {employeeId: 2, start}, "The client insists");
    expect(asked.at(-1)[1][0]).toInclude(["conflict_override", true]);
    expect(asked.at(-1)[1][0]).toInclude(["override_reason", "The client insists"]);
});

test("a crew's job stays in the tray until it has all its people", async () => {
    const job = makeJob({id: 51, people: 2, missing: 2});
    store.tray.jobs = [job];
    store.tray.total = 1;
    await changes.assign(job, {employeeId: 2, start: store.model.zone.at(MONDAY, 14)});
    expect(store.tray.get(51).missing).toBe(1);
    expect(store.tray.total).toBe(1);
});

test("unassigning a confirmed visit is undone to a confirmed visit", async () => {
    store.model.putBlock({...block(), state: "confirmed"});
    await changes.unassign(block());
    expect(block()).toBe(undefined);
    await changes.undo();
    expect(written()).toEqual([
        ["write", [7], {state: "cancelled"}],
        ["action_draft", [7]],
        ["action_confirm", [7]],
    ]);
});

test("after a change its people are asked for again, once", async () => {
    const {start, end} = block();
    await changes.move(block(), {employeeId: 2, start, end});
    await runAllTimers();
    const boards = asked.filter(([method]) => method === "get_board");
    expect(boards).toEqual([["get_board", "2026-11-22", "2026-11-29", [1, 2]]]);
});

test("what others change waits while something is in hand", async () => {
    store.hold();
    const period = {date_from: at(MONDAY, 9), date_to: at(MONDAY, 10)};
    store.onBusMessage({employee_ids: [2], ...period});
    await runAllTimers();
    expect(asked).toEqual([]);
    store.release();
    await runAllTimers();
    expect(asked.map(([method]) => method)).toEqual(["get_unscheduled", "get_board"]);
});

test("what others change in another period asks for nobody", async () => {
    store.onBusMessage({
        employee_ids: [2],
        date_from: "2027-01-05 12:00:00",
        date_to: "2027-01-05 14:00:00",
    });
    await runAllTimers();
    expect(asked.map(([method]) => method)).toEqual(["get_unscheduled"]);
});

test("an answer overtaken by one's own change is thrown away", async () => {
    const late = new Deferred();
    answers.get_board = () => late;
    store.onBusMessage({employee_ids: [1]});
    await runAllTimers();
    const {start, end} = block();
    await changes.move(block(), {start: start + HOUR, end: end + HOUR});
    late.resolve(makeBoard({employees: [makeEmployee({id: 1})], blocks: [makeBlock({id: 7})]}));
    await late;
    expect(hour()).toBe(10);
});

test("a period asked for later wins", async () => {
    const slow = new Deferred();
    answers.get_board = (from) =>
        from === "2026-11-29" ? slow : makeBoard({employees: [makeEmployee({id: 3})]});
    const first = store.shift(1);
    await store.shift(1);
    slow.resolve(makeBoard({employees: [makeEmployee({id: 4})]}));
    await first;
    expect([...store.model.employees.keys()]).toEqual([3]);
});
