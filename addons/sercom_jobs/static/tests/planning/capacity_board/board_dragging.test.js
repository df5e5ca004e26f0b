import {describe, expect, test} from "@odoo/hoot";
import {click, drag, edit, queryAllTexts, queryOne} from "@odoo/hoot-dom";
import {Deferred} from "@odoo/hoot-mock";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {makeServerError, onRpc} from "@web/../tests/web_test_helpers";
import {
    MONDAY,
    TUESDAY,
    at,
    cell,
    makeBlock,
    makeFirm,
    makeJob,
    noteWrites,
    openBoard,
    waitFor,
    waitForNone,
} from "./board_test_helpers";

describe.current.tags("desktop");
defineMailModels();

test("a job dragged to a day takes its first gap, and undo brings it back", async () => {
    // The board asks again at once: the server knows what was made.
    const jobs = [makeJob({id: 50, client: "Waiting"})];
    const getFirm = makeFirm();
    const made = [];
    noteWrites({
        create() {
            jobs.length = 0;
            made.push(
                makeBlock({
                    ...{id: 70, job_id: 50, client: "Waiting", employee_id: 2},
                    ...{date: TUESDAY, from: 8, to: 10},
                })
            );
            return [70];
        },
    });
    onRpc("sercom.assignment", "read", () => [{id: 70, state: "draft"}]);
    const board = (...args) => {
        const data = getFirm(...args);
        return {...data, blocks: [...data.blocks, ...made]};
    };
    await openBoard({board, jobs});
    await waitFor(".o_scb_row");
    const {moveTo, drop} = await drag("[data-job-id='50']");
    await moveTo(cell(2, TUESDAY));
    await waitFor(".o_scb_hint_where");
    expect(".o_scb_hint_where").toHaveText("Ann, Tue 24 Nov 8:00 – 10:00 (2 h)");
    expect(".o_scb_target").toHaveClass("o_scb_target_free");
    await drop();
    await expect.waitForSteps([
        [
            "create",
            [
                {
                    employee_id: 2,
                    date_start: at(TUESDAY, 8),
                    date_end: at(TUESDAY, 10),
                    fsm_order_id: 50,
                },
            ],
        ],
    ]);
    await waitFor(`${cell(2, TUESDAY)} [data-block-id='70']`);
    expect(".o_scb_side [data-job-id]").toHaveCount(0);
    expect(`${cell(2, TUESDAY)} [data-block-id='70'] .o_scb_client`).toHaveText("Waiting");
    await waitFor(".o_scb_undo:enabled");
    await click(".o_scb_undo");
    await expect.waitForSteps([["unlink", [70]]]);
});

test("while dragging, what stands in the way is told, and the server's word follows", async () => {
    noteWrites();
    const word = new Deferred();
    await openBoard({
        board: makeFirm(),
        explain: () => word,
    });
    await waitFor(".o_scb_row");
    const {moveTo, cancel} = await drag("[data-block-id='7']");
    await moveTo(cell(1, TUESDAY));
    await waitFor(".o_scb_conflict");
    expect(queryAllTexts(".o_scb_conflict")).toEqual(["Vacation"]);
    expect(".o_scb_target").toHaveClass("o_scb_target_warn");
    await moveTo(cell(2, TUESDAY));
    await waitFor(".o_scb_hint:contains(Free)");
    expect(".o_scb_hint").toHaveText(/Free/);
    word.resolve([{kind: "skill", level: "warn", text: "Ann lacks the skill Gas"}]);
    await waitFor(".o_scb_conflict:contains(Gas)");
    expect(queryAllTexts(".o_scb_conflict")).toEqual(["Ann lacks the skill Gas"]);
    await cancel();
    await waitForNone(".o_scb_hint");
    expect(".o_scb_hint").toHaveCount(0);
    expect.verifySteps([]);
});

test("a block goes to another person, and back on the tray", async () => {
    noteWrites();
    await openBoard({board: makeFirm()});
    await waitFor(".o_scb_row");
    await (await drag("[data-block-id='7']")).drop(cell(2, MONDAY));
    await expect.waitForSteps([["write", [7], {employee_id: 2}]]);
    await (await drag("[data-block-id='8']")).drop(".o_scb_cards");
    await expect.waitForSteps([["write", [8], {state: "cancelled"}]]);
});

test("in a day, blocks are dragged by quarters of an hour and pulled by their edges", async () => {
    noteWrites();
    await openBoard({board: makeFirm()});
    await waitFor(".o_scb_row");
    await click(".o_scb_scale_day_button");
    await waitFor(".o_scb_line");
    const block = queryOne("[data-block-id='7']");
    const hour = block.offsetWidth / 2;
    const {x, y} = block.getBoundingClientRect();
    const point = (dx) => ({position: {clientX: x + dx, clientY: y + 20}});
    let dragging = await drag(block, point(10));
    await dragging.moveTo(block, point(10 + hour * 1.25));
    await dragging.drop();
    await expect.waitForSteps([["write", [7], {date_start: at(MONDAY, 10.25)}]]);

    const edge = queryOne("[data-block-id='8'] [data-edge='end']");
    const box = edge.getBoundingClientRect();
    const at8 = (dx) => ({position: {clientX: box.x + 2 + dx, clientY: box.y + 5}});
    dragging = await drag(edge, at8(0));
    await dragging.moveTo(edge, at8(hour));
    await dragging.drop();
    await expect.waitForSteps([
        ["write", [8], {date_start: at(MONDAY, 13), date_end: at(MONDAY, 16)}],
    ]);
});

test("a conflict that blocks asks for a reason", async () => {
    noteWrites({create: () => [70]});
    await openBoard({
        board: makeFirm(),
        jobs: [makeJob({id: 50, hours: 10, request_early: at(MONDAY, 9)})],
    });
    await waitFor(".o_scb_row");
    await (await drag("[data-job-id='50']")).drop(cell(1, MONDAY));
    await waitFor(".o_dialog textarea");
    expect(".o_dialog li:first").toHaveText("Already on Roy, 9:00 – 11:00");
    expect(".o_scb_book_anyway").not.toBeEnabled();
    await click(".o_dialog textarea");
    await edit("The client insists");
    await waitFor(".o_scb_book_anyway:enabled");
    await click(".o_scb_book_anyway");
    await waitForNone(".o_dialog");
    expect(".o_dialog").toHaveCount(0);
    expect.verifySteps([
        [
            "create",
            [
                {
                    employee_id: 1,
                    date_start: at(MONDAY, 9),
                    date_end: at(MONDAY, 19),
                    fsm_order_id: 50,
                    conflict_override: true,
                    override_reason: "The client insists",
                },
            ],
        ],
    ]);
});

test("what the server refuses snaps back, with its message", async () => {
    noteWrites({
        write: () => {
            throw makeServerError({
                type: "ValidationError",
                message: "Ann, Nov 23 9:00 – 11:00 is already planned.",
            });
        },
    });
    await openBoard({board: makeFirm()});
    await waitFor(".o_scb_row");
    await (await drag("[data-block-id='7']")).drop(cell(2, MONDAY));
    await waitFor(".o_dialog");
    expect(".o_dialog li").toHaveText("Ann, Nov 23 9:00 – 11:00 is already planned.");
    expect(`${cell(1, MONDAY)} [data-block-id='7']`).toHaveCount(1);
    expect.verifySteps([["write", [7], {employee_id: 2}]]);
});
