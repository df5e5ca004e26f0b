import {describe, expect, test} from "@odoo/hoot";
import {click, drag, queryAllTexts, queryOne} from "@odoo/hoot-dom";
import {Deferred} from "@odoo/hoot-mock";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {onRpc} from "@web/../tests/web_test_helpers";
import {
    MONDAY,
    TUESDAY,
    WEEK,
    at,
    cell,
    makeBlock,
    makeBoard,
    makeEmployee,
    makeFirm,
    makeJob,
    noteWrites,
    openBoard,
    waitFor,
    waitForNone,
} from "./board_test_helpers";

describe.current.tags("desktop");
defineMailModels();

const afternoon = {request_early: at(TUESDAY, 13), request_late: at(TUESDAY, 17)};

/** Ann's visit is on Monday, and the client can on Tuesday afternoon. */
const makeLateFirm = () => (from, to, ids) => {
    const data = makeFirm()(from, to, ids);
    return {
        ...data,
        blocks: data.blocks.map((block) => (block.id === 8 ? {...block, ...afternoon} : block)),
    };
};

test("the client's window is on the card, on the block and in its details", async () => {
    onRpc("fsm.order", "read", () => [{id: 108, location_id: [3, "Chalet"]}]);
    await openBoard({board: makeLateFirm(), jobs: [makeJob({id: 50, ...afternoon})]});
    await waitFor(".o_scb_row");
    expect(".o_scb_card .fa-user-o").toHaveCount(1);
    expect(".o_scb_card [title='When the client can']").toHaveText("24 Nov 13:00 – 17:00");
    const block = queryOne("[data-block-id='8']");
    expect(block.ariaLabel).toInclude("Client: 24 Nov 13:00 – 17:00");
    expect(block.ariaLabel).toInclude("Outside the client's window (24 Nov 13:00 – 24 Nov 17:00)");
    expect("[data-block-id='8'] .fa-user-times").toHaveCount(1);
    expect("[data-block-id='7'] .fa-user-times").toHaveCount(0);
    await click("[data-block-id='8']");
    await waitFor(".o_scb_popover .o_scb_wish");
    expect(".o_scb_popover .o_scb_wish").toHaveText("Client: 24 Nov 13:00 – 17:00");
    await click(".o_scb_popover .btn-close");
    await click(".o_scb_scale_day_button");
    await waitFor(".o_scb_line [data-block-id='8']");
    expect("[data-block-id='8'] .o_scb_block_text").toHaveText(/24 Nov 13:00 – 17:00/);
});

test("while dragging it shows, and outside is a warning with its reason", async () => {
    noteWrites({create: () => [70]});
    const word = new Deferred();
    await openBoard({
        board: makeFirm(),
        jobs: [makeJob({id: 50, hours: 1, ...afternoon})],
        explain: (jobId, employeeId, start) => (start < at(TUESDAY, 0) ? word : []),
    });
    await waitFor(".o_scb_row");
    const {moveTo, drop} = await drag("[data-job-id='50']");
    await moveTo(cell(2, MONDAY));
    await waitFor(".o_scb_conflict");
    expect(".o_scb_hint_wish").toHaveText("Client: 24 Nov 13:00 – 17:00");
    expect(queryAllTexts(".o_scb_conflict")).toEqual([
        "Outside the client's window (24 Nov 13:00 – 24 Nov 17:00)",
    ]);
    expect(".o_scb_target").toHaveClass("o_scb_target_warn");
    const band = queryOne(".o_scb_window").getBoundingClientRect();
    const day = queryOne(cell(2, TUESDAY)).getBoundingClientRect();
    expect(Math.abs(band.x - day.x)).toBeLessThan(2);
    expect(Math.abs(band.width - day.width)).toBeLessThan(2);
    word.resolve([{kind: "window", level: "warn", text: "The server says so too"}]);
    await waitFor(".o_scb_conflict:contains(The server says so too)");
    await moveTo(cell(2, TUESDAY));
    await waitForNone(".o_scb_conflict");
    expect(".o_scb_conflict").toHaveCount(0);
    expect(".o_scb_hint_where").toHaveText("Ann, Tue 24 Nov 13:00 – 14:00 (1 h)");
    await drop();
    await expect.waitForSteps([
        [
            "create",
            [
                {
                    employee_id: 2,
                    date_start: at(TUESDAY, 13),
                    date_end: at(TUESDAY, 14),
                    fsm_order_id: 50,
                },
            ],
        ],
    ]);
    await waitForNone(".o_scb_window");
});

test("the zone is told only of people whose clock shows another time", async () => {
    const people = ["America/Toronto", "America/New_York", "America/Vancouver"];
    const employees = people.map((tz, index) =>
        makeEmployee({id: index + 1, name: tz, tz}, ...WEEK)
    );
    const board = (from, to) => makeBoard({from, to, employees, blocks: [makeBlock({id: 7})]});
    await openBoard({board});
    await waitFor(".o_scb_row");
    expect(queryAllTexts(".o_scb_person:has(.badge) .text-truncate")).toEqual([
        "America/Vancouver",
    ]);
});

test("a visit is copied to the next week, and called so", async () => {
    onRpc("fsm.order", "read", () => [{id: 107, location_id: [3, "Chalet"]}]);
    onRpc("sercom.assignment", "action_copy_next_week", ({args}) => {
        expect.step(args);
        return [70];
    });
    await openBoard({board: makeFirm()});
    await waitFor(".o_scb_row");
    await click("[data-block-id='7']");
    await waitFor(".o_scb_popover");
    expect(".o_scb_popover .o_scb_next_day").toHaveText("Copy to next day");
    expect(".o_scb_popover .o_scb_next_week").toHaveText("Copy to next week");
    await click(".o_scb_popover .o_scb_next_week");
    await waitFor(".o_notification:contains(Copied to Monday 30 November)");
    expect.verifySteps([[[7]]]);
});
