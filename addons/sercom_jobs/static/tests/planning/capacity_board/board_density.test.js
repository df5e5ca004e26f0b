import {describe, expect, test} from "@odoo/hoot";
import {click, queryAll, queryOne, resize} from "@odoo/hoot-dom";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {
    MONDAY,
    cell,
    makeBlock,
    makeBoard,
    makeEmployee,
    makeFirm,
    openBoard,
    waitFor,
    waitForNone,
} from "./board_test_helpers";

describe.current.tags("desktop");
defineMailModels();

/** Twelve people of three teams, each with three visits a day. */
function makeTwelve(from, to) {
    const employees = Array.from({length: 12}, (_, index) =>
        makeEmployee(
            {id: index + 1, name: `Person ${index + 1}`, team_id: 1 + (index % 3)},
            ...[from, to]
        )
    );
    const blocks = employees.flatMap(({id, days}) =>
        days
            .filter(({available}) => available)
            .flatMap(({date}) =>
                [8, 10, 13].map((hour) =>
                    makeBlock({employee_id: id, date, from: hour, to: hour + 2})
                )
            )
    );
    const teams = ["Plumbing", "Heating", "Drains"].map((name, index) => ({id: index + 1, name}));
    return makeBoard({from, to, employees, blocks, teams});
}

const bottom = (element) => element.getBoundingClientRect().bottom;

for (const scale of ["day", "week", "month"]) {
    test(`twelve people fit a screen of 1366 by 768: ${scale}`, async () => {
        await resize({width: 1366, height: 768});
        await openBoard({board: makeTwelve});
        await waitFor(".o_scb_row");
        await click(`.o_scb_scale_${scale}_button`);
        await waitFor(`.o_scb_scale_${scale} .o_scb_compact .o_scb_row[data-employee-id='12']`);
        const scroll = queryOne(".o_scb_scroll");
        expect(queryAll(".o_scb_row[data-employee-id]").length).toBe(12);
        expect(scroll.scrollHeight).toBe(scroll.clientHeight);
        expect(scroll.scrollWidth).toBe(scroll.clientWidth);
        expect(bottom(queryAll(".o_scb_row").at(-1))).toBeLessThan(bottom(scroll) + 1);
        // All that is on a day is there, or says how much more.
        const day = queryOne(scale === "day" ? "[data-employee-id='12']" : cell(12, MONDAY));
        const shown = day.querySelectorAll("[data-block-id]").length;
        const more = Number(day.querySelector(".o_scb_more")?.textContent.slice(1) || 0);
        expect(shown + more).toBe(3);
        for (const chip of day.querySelectorAll("[data-block-id]")) {
            expect(bottom(chip)).toBeLessThan(bottom(day) + 1);
        }
    });
}

test("rows are high where there is room for them, and low when asked", async () => {
    await openBoard({board: makeFirm()});
    await waitFor(".o_scb_row");
    expect(".o_scb_compact").toHaveCount(0);
    expect(".o_scb_compact_button").toHaveAttribute("aria-pressed", "false");
    await click(".o_scb_compact_button");
    await waitFor(".o_scb_compact");
    await waitFor(".o_scb_compact_button[aria-pressed='true']");
    expect(queryOne(".o_scb_row[data-employee-id='1']").offsetHeight).toBe(39);
    await click(".o_scb_compact_button");
    await waitForNone(".o_scb_compact");
});
