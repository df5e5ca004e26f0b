import {describe, expect, test} from "@odoo/hoot";
import {
    advanceTime,
    animationFrame,
    click,
    drag,
    edit,
    press,
    queryAll,
    queryAllTexts,
    queryOne,
} from "@odoo/hoot-dom";
import {Deferred} from "@odoo/hoot-mock";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {makeServerError, mockService, onRpc} from "@web/../tests/web_test_helpers";
import {browser} from "@web/core/browser/browser";
import {
    MONDAY,
    TUESDAY,
    WEEK,
    at,
    cell,
    makeBoard,
    makeEmployee,
    makeFirm,
    makeJob,
    noteWrites,
    openBoard,
    waitFor,
    waitForFocus,
    waitForNone,
} from "./board_test_helpers";

describe.current.tags("desktop");
defineMailModels();

test("while it loads a skeleton shows, then the people and their load", async () => {
    const loaded = new Deferred();
    const firm = makeFirm();
    await openBoard({
        board: async (...args) => {
            await loaded;
            return firm(...args);
        },
    });
    expect(".o_scb_state_skeleton").toHaveCount(1);
    loaded.resolve();
    await waitFor(".o_scb_row");
    expect(queryAllTexts(".o_scb_person")).toEqual(["Luc", "Ann"]);
    expect(`${cell(1, MONDAY)} .o_scb_load`).toHaveClass("o_scb_load_over");
    expect(`${cell(1, MONDAY)} .o_scb_load`).toHaveText("9/8 h");
    expect(`${cell(2, MONDAY)} .o_scb_load`).toHaveClass("o_scb_load_part");
    expect(`${cell(1, TUESDAY)} .o_scb_off_text`).toHaveText("Vacation");
    expect(cell(1, TUESDAY)).toHaveClass("o_scb_closed");
    expect(".o_scb_head_day.o_scb_today").toHaveAttribute("data-day", MONDAY);
    expect(queryOne(cell(1, MONDAY)).ariaLabel).toInclude("9 hours booked of 8");
});

test("when it cannot be loaded it says so, and tries again", async () => {
    let isBroken = true;
    const firm = makeFirm();
    await openBoard({
        board: (...args) => {
            if (isBroken) {
                throw makeServerError({message: "The database is gone"});
            }
            return firm(...args);
        },
    });
    await waitFor(".o_scb_state[role=alert]");
    expect(".o_scb_state p").toHaveText("The database is gone");
    isBroken = false;
    await click(".o_scb_retry");
    await waitFor(".o_scb_row");
});

test("a firm without technicians, and a tray without jobs", async () => {
    await openBoard({board: (from, to) => makeBoard({from, to, employees: []})});
    await waitFor(".o_scb_state");
    expect(".o_scb_state h2").toHaveText("No technician yet");
    await waitFor(".o_scb_side_note");
    expect(".o_scb_side_note").toHaveText("Everything is planned.");
});

test("who may not plan looks, and drags nothing", async () => {
    noteWrites();
    await openBoard({board: makeFirm({can_edit: false}), jobs: [makeJob({id: 50})]});
    await waitFor(".o_scb_read_only");
    expect(".o_scb_find").toHaveCount(0);
    expect(".o_scb_undo").toHaveCount(0);
    const {drop} = await drag("[data-job-id='50']");
    await drop(cell(2, TUESDAY));
    await animationFrame();
    expect.verifySteps([]);
});

test("by keyboard: from block to block, and a block in hand", async () => {
    noteWrites();
    await openBoard({board: makeFirm()});
    await waitFor(".o_scb_row");
    queryOne(".o_scb_scroll").focus();
    await press("ArrowDown");
    await waitForFocus("[data-block-id='7']");
    expect("[data-block-id='7']").toBeFocused();
    await press("ArrowDown");
    await waitForFocus("[data-block-id='8']");
    expect("[data-block-id='8']").toBeFocused();
    await press("m");
    await waitFor(".o_scb_hint_keys");
    expect(".o_scb_hint_keys").toHaveCount(1);
    await press("ArrowRight");
    await press("ArrowRight");
    await press("+");
    await waitFor(".o_scb_hint_where:contains(15:15)");
    expect(".o_scb_hint_where").toHaveText("Ann, Wed 25 Nov 13:00 – 15:15 (2.3 h)");
    await press("Escape");
    await waitForNone(".o_scb_hint");
    expect(".o_scb_hint").toHaveCount(0);
    await press("m");
    await press("ArrowRight");
    await press("Enter");
    await expect.waitForSteps([["write", [8], {date_start: at(TUESDAY, 13)}]]);
    await waitForFocus("[data-block-id='8']");
    expect("[data-block-id='8']").toBeFocused();
});

test("by keyboard: a job of the tray is placed", async () => {
    noteWrites({create: () => [70]});
    await openBoard({board: makeFirm(), jobs: [makeJob({id: 50, hours: 1})]});
    await waitFor(".o_scb_row");
    queryOne("[data-job-id='50']").focus();
    await press("m");
    await press("ArrowDown");
    await waitFor("[aria-live='assertive']:contains(Ann)");
    expect("[aria-live='assertive']").toHaveText(/^Ann, Mon 23 Nov/);
    await press("Enter");
    await expect.waitForSteps([
        [
            "create",
            [
                {
                    employee_id: 2,
                    date_start: at(MONDAY, 11),
                    date_end: at(MONDAY, 12),
                    fsm_order_id: 50,
                },
            ],
        ],
    ]);
});

test("a block opens, and is confirmed", async () => {
    const firm = makeFirm();
    let state = "draft";
    noteWrites({
        write() {
            state = "confirmed";
            return [];
        },
    });
    onRpc("fsm.order", "read", () => [
        {id: 107, location_id: [3, "Chalet"], street: "1 Main", city: "Magog", phone: "555-1234"},
    ]);
    await openBoard({
        board: (...args) => {
            const data = firm(...args);
            return {...data, blocks: data.blocks.map((block) => ({...block, state}))};
        },
    });
    await waitFor(".o_scb_row");
    await click("[data-block-id='7']");
    await waitFor(".o_scb_popover a[href='tel:555-1234']");
    expect(".o_scb_popover h3").toHaveText("Roy");
    expect(".o_scb_popover .o_scb_status").toHaveText("Draft");
    await click(".o_scb_popover .o_scb_confirm");
    await expect.waitForSteps([["write", [7], {state: "confirmed"}]]);
    await waitFor("[data-block-id='7'].o_scb_confirmed");
    expect("[data-block-id='7']").toHaveClass("o_scb_confirmed");
});

test("the drafts of the period are confirmed together", async () => {
    noteWrites();
    await openBoard({board: makeFirm()});
    await waitFor(".o_scb_confirm_drafts");
    expect(".o_scb_confirm_drafts").toHaveText("Confirm drafts (1)");
    await click(".o_scb_confirm_drafts");
    await waitFor(".o_dialog");
    await click(".o_dialog .btn-primary");
    await expect.waitForSteps([["write", [7], {state: "confirmed"}]]);
});

test("free slots are proposed with their reasons, shown and booked", async () => {
    onRpc("sercom.scheduler", "book_slot", ({args}) => {
        expect.step(args);
        return [70, 71];
    });
    const proposal = {
        employee_ids: [1, 2],
        employees: ["Luc", "Ann"],
        date_start: at("2026-11-25", 13),
        date_end: at("2026-11-25", 15),
        reasons: ["Within the client's window"],
        warnings: ["Little travel time"],
    };
    await openBoard({
        board: makeFirm(),
        jobs: [makeJob({id: 50})],
        slots: [proposal],
    });
    await waitFor(".o_scb_row");
    await click(".o_scb_find");
    await waitFor(".o_scb_slot");
    expect(queryAllTexts(".o_scb_reasons li")).toEqual([
        "Within the client's window",
        "Little travel time",
    ]);
    await click(".o_scb_slot .btn-link");
    await waitFor(".o_scb_target");
    expect(".o_scb_target").toHaveCount(1);
    await click(".o_scb_book");
    await expect.waitForSteps([[50, proposal]]);
    await waitForNone(".o_scb_slot");
    expect(".o_scb_slot").toHaveCount(0);
});

test("another dispatcher's change appears by itself", async () => {
    const listeners = {};
    mockService("bus_service", {
        subscribe: (type, listener) => (listeners[type] = listener),
    });
    const firm = makeFirm();
    let hasChanged = false;
    await openBoard({
        board: (from, to, ids) => {
            const data = firm(from, to, ids);
            if (ids) {
                expect.step(ids);
            }
            if (hasChanged) {
                data.blocks = data.blocks.map((block) => ({...block, client: "Changed"}));
            }
            return data;
        },
    });
    await waitFor(".o_scb_row");
    hasChanged = true;
    listeners.sercom_board({
        job_ids: [107],
        employee_ids: [1],
        date_from: at(MONDAY, 9),
        date_to: at(MONDAY, 11),
    });
    await advanceTime(500);
    await waitFor("[data-block-id='7'] .o_scb_client:contains(Changed)");
    expect("[data-block-id='8'] .o_scb_client").toHaveText("Côté");
    expect.verifySteps([[1]]);
});

test("what others change while a period is loading is not lost", async () => {
    const listeners = {};
    mockService("bus_service", {
        subscribe: (type, listener) => (listeners[type] = listener),
    });
    const firm = makeFirm();
    const late = new Deferred();
    let isLate = false;
    await openBoard({
        board: async (from, to, ids) => {
            if (ids) {
                expect.step(ids);
            } else if (isLate) {
                await late;
            }
            return firm(from, to, ids);
        },
    });
    await waitFor(".o_scb_row");
    isLate = true;
    await click(".o_scb_next");
    await animationFrame();
    // The server had read the board before this was saved.
    listeners.sercom_board({job_ids: [107], employee_ids: [1], date_from: false, date_to: false});
    await advanceTime(500);
    late.resolve();
    await animationFrame();
    await advanceTime(500);
    await expect.waitForSteps([[1]]);
});

test("from a job it opens on the job's day where the user is", async () => {
    // Saturday evening in Montréal, Sunday in UTC.
    onRpc("sercom.assignment", "search_read", () => [{id: 7, date_start: "2026-11-29 01:00:00"}]);
    const firm = makeFirm();
    await openBoard(
        {
            board: (from, to, ids) => {
                expect.step([from, to]);
                return firm(from, to, ids);
            },
        },
        {board_job_id: 107}
    );
    await waitFor(".o_scb_row");
    expect.verifySteps([["2026-11-22", "2026-11-29"]]);
});

test("of many people only those in sight are drawn", async () => {
    const employees = Array.from({length: 200}, (_, index) =>
        makeEmployee({id: index + 1, name: `Person ${index + 1}`}, ...WEEK)
    );
    await openBoard({board: (from, to) => makeBoard({from, to, employees})});
    await waitFor(".o_scb_row");
    expect(queryAll(".o_scb_row").length).toBeLessThan(40);
    expect(".o_scb_person:contains(Person 200)").toHaveCount(0);
    queryOne(".o_scb_scroll").scrollTop = 1_000_000;
    await waitFor(".o_scb_person:contains(Person 200)");
    expect(queryAll(".o_scb_row").length).toBeLessThan(40);
});

test("the scale, the folded teams and the search find what they should", async () => {
    await openBoard({board: makeFirm()});
    await waitFor(".o_scb_row");
    await click("[data-team='1']");
    await waitForNone(".o_scb_person:contains(Luc)");
    expect(queryAllTexts(".o_scb_person")).toEqual(["Ann"]);
    await click(".o_scb_scale_month_button");
    await waitFor(".o_scb_scale_month .o_scb_row");
    expect(queryAll(".o_scb_head_day").length).toBe(28);
    const key = Object.keys(browser.localStorage).find((name) => name.includes("capacity_board"));
    const saved = JSON.parse(browser.localStorage.getItem(key));
    expect(saved.scale).toBe("month");
    expect(saved.collapsed).toEqual([1]);
    await click(".o_scb_search");
    await edit("luc");
    await waitForNone(".o_scb_person:contains(Ann)");
    expect(queryAllTexts(".o_scb_person")).toEqual(["Luc"]);
    await edit("nobody");
    await waitFor(".o_scb_state h2");
    expect(".o_scb_state h2").toHaveText("No technician matches");
});
