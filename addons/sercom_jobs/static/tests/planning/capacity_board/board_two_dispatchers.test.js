import {describe, expect, test} from "@odoo/hoot";
import {click, drag, queryAllTexts} from "@odoo/hoot-dom";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {onRpc} from "@web/../tests/web_test_helpers";
import {
    MONDAY,
    TUESDAY,
    at,
    cell,
    makeAppointment,
    makeFirm,
    makeJob,
    noteWrites,
    openBoard,
    waitFor,
    waitForNone,
} from "./board_test_helpers";

describe.current.tags("desktop");
defineMailModels();

const seen = (values = {}) => ({
    employee_id: 1,
    date_start: at(MONDAY, 9),
    date_end: at(MONDAY, 11),
    state: "draft",
    ...values,
});

/** Marie has moved the block meanwhile; the server says so until it is given what it said. */
function makeMarie(values = {}) {
    const now = seen({date_start: at(MONDAY, 13), date_end: at(MONDAY, 15), ...values});
    return {
        write(ids, vals, given) {
            expect.step(given[7]);
            if (given[7].date_start === now.date_start && given[7].state === now.state) {
                return [];
            }
            return [
                {
                    ...{id: 7, name: "Luc, Nov 23, 13:00 – 15:00 (J7)", is_gone: false},
                    ...{who: "Marie", when: "Nov 23, 09:58", seen: now},
                    changes: ["Moved: 9:00 – 11:00 → 13:00 – 15:00"],
                },
            ];
        },
    };
}

async function dragToAnn() {
    await openBoard({board: makeFirm()});
    await waitFor(".o_scb_row");
    await (await drag("[data-block-id='7']")).drop(cell(2, MONDAY));
    await waitFor(".o_dialog .o_scb_changed");
}

test("the second of two dispatchers is told who did what, and takes theirs", async () => {
    noteWrites(makeMarie());
    await dragToAnn();
    expect.verifySteps([["write", [7], {employee_id: 2}], seen()]);
    expect(queryAllTexts(".o_dialog .o_scb_changed li")).toEqual([
        "Moved: 9:00 – 11:00 → 13:00 – 15:00",
    ]);
    expect(".o_dialog .o_scb_changed").toHaveText(/Last change: Marie, Nov 23, 09:58/);
    expect(".o_dialog .o_scb_mine").toHaveText("Ann, Mon 23 Nov 9:00 – 11:00 (2 h)");
    await click(".o_scb_take_theirs");
    await waitForNone(".o_dialog");
    await waitFor(`${cell(1, MONDAY)} [data-block-id='7']`);
    expect.verifySteps([]);
});

test("or keeps their own, which starts from what there is now", async () => {
    noteWrites(makeMarie());
    await dragToAnn();
    expect.verifySteps([["write", [7], {employee_id: 2}], seen()]);
    await click(".o_scb_keep_mine");
    await expect.waitForSteps([
        ["write", [7], {employee_id: 2, date_start: at(MONDAY, 9)}],
        seen({date_start: at(MONDAY, 13), date_end: at(MONDAY, 15)}),
    ]);
    await waitForNone(".o_dialog");
});

test("a block that was confirmed meanwhile is not unassigned unasked", async () => {
    noteWrites(makeMarie({state: "confirmed"}));
    await openBoard({board: makeFirm()});
    await waitFor(".o_scb_row");
    await (await drag("[data-block-id='7']")).drop(".o_scb_cards");
    await waitFor(".o_dialog .o_scb_keep_mine");
    expect.verifySteps([["write", [7], {state: "cancelled"}], seen()]);
    await click(".o_scb_keep_mine");
    await expect.waitForSteps([
        ["write", [7], {state: "cancelled"}],
        seen({date_start: at(MONDAY, 13), date_end: at(MONDAY, 15), state: "confirmed"}),
    ]);
});

test("what was deleted can only be taken as it is", async () => {
    noteWrites({
        write: () => [
            {
                ...{id: 7, name: "", is_gone: true, who: "", when: "", seen: {}},
                changes: ["It was deleted."],
            },
        ],
    });
    await dragToAnn();
    expect.verifySteps([["write", [7], {employee_id: 2}]]);
    expect(".o_dialog .o_scb_changed").toHaveText("It was deleted.");
    expect(".o_scb_keep_mine").toHaveCount(0);
    await click(".o_scb_take_theirs");
    await waitForNone(".o_dialog");
});

test("an appointment that was moved meanwhile is told alike", async () => {
    const now = {employee_id: 2, date_start: at(MONDAY, 14), date_end: at(MONDAY, 15)};
    onRpc("sercom.scheduler", "plan_appointment", ({args}) => {
        expect.step(args);
        const row = {id: 30, name: "Assessment", is_gone: false, who: "Marie", when: "now"};
        const isKnown = args[4].date_start === now.date_start;
        return isKnown ? [] : [{...row, changes: ["Moved: a → b"], seen: now}];
    });
    await openBoard({
        board: makeFirm({appointments: [makeAppointment({id: 30, employee_id: 2})]}),
    });
    await waitFor("[data-event-id='30']");
    await (await drag("[data-event-id='30']")).drop(cell(2, TUESDAY));
    await waitFor(".o_scb_keep_mine");
    await click(".o_scb_keep_mine");
    const old = {employee_id: 2, date_start: at(MONDAY, 9), date_end: at(MONDAY, 10)};
    await expect.waitForSteps([
        [30, 2, at(TUESDAY, 9), at(TUESDAY, 10), old],
        [30, 2, at(TUESDAY, 9), at(TUESDAY, 10), now],
    ]);
});

/** Marie has given the job of the tray to Luc meanwhile; the server says so until that is seen. */
function makeQuickMarie() {
    const row = {
        ...{id: 70, name: "J50", is_gone: false, who: "Marie", when: "Nov 23, 09:58"},
        ...{changes: ["Planned: Luc, Nov 23, 13:00 – 15:00"], seen: seen()},
    };
    return {
        create(vals, given, jobId) {
            expect.step([jobId, given]);
            return given.includes(70) ? [71] : {ids: [], changed: [row]};
        },
    };
}

async function dragJobToAnn(values = {}) {
    const job = makeJob({id: 50, planned_ids: [69], ...values});
    await openBoard({board: makeFirm(), jobs: [job]});
    await waitFor(".o_scb_row");
    await (await drag("[data-job-id='50']")).drop(cell(2, TUESDAY));
    await waitFor(".o_dialog .o_scb_changed");
}

const mine = {
    ...{employee_id: 2, date_start: at(TUESDAY, 8), date_end: at(TUESDAY, 10)},
    fsm_order_id: 50,
};

test("a job of the tray that was planned meanwhile is not planned twice unasked", async () => {
    noteWrites(makeQuickMarie());
    await dragJobToAnn();
    expect.verifySteps([
        ["create", [mine]],
        [50, [69]],
    ]);
    expect(".o_dialog .o_scb_changed").toHaveText(
        /Planned: Luc, Nov 23, 13:00 – 15:00\nLast change: Marie/
    );
    expect(".o_scb_keep_mine").toHaveText("Plan both");
    expect(".o_scb_take_theirs").toHaveClass("btn-primary");
    expect(".o_scb_keep_mine").not.toHaveClass("btn-primary");
    await click(".o_scb_take_theirs");
    await waitForNone(".o_dialog");
    expect(`${cell(2, TUESDAY)} .o_scb_block`).toHaveCount(0);
    expect.verifySteps([]);
});

test("a job that lacks two people takes both", async () => {
    noteWrites(makeQuickMarie());
    await dragJobToAnn({people: 2, missing: 2});
    expect(".o_scb_keep_mine").toHaveClass("btn-primary");
    expect(".o_scb_take_theirs").not.toHaveClass("btn-primary");
    expect.verifySteps([
        ["create", [mine]],
        [50, [69]],
    ]);
});

test("or both go, who asked for it", async () => {
    noteWrites(makeQuickMarie());
    await dragJobToAnn();
    expect.verifySteps([
        ["create", [mine]],
        [50, [69]],
    ]);
    await click(".o_scb_keep_mine");
    await expect.waitForSteps([
        ["create", [mine]],
        [50, [69, 70]],
    ]);
    await waitForNone(".o_dialog");
});
