import {describe, expect, test} from "@odoo/hoot";
import {animationFrame, click, queryAll, queryOne} from "@odoo/hoot-dom";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {patchWithCleanup} from "@web/../tests/web_test_helpers";
import {ORM} from "@web/core/orm_service";
import {makeBlock, makeBoard, makeEmployee, openBoard, waitFor} from "./board_test_helpers";

describe.current.tags("desktop");
defineMailModels();

const PEOPLE = 200;
const BLOCKS = 20_000;

/** A large firm's four weeks: `BLOCKS` blocks of `PEOPLE` people, five on each working day. */
function makeLargeFirm(from, to) {
    const employees = Array.from({length: PEOPLE}, (_, index) =>
        makeEmployee({id: index + 1, name: `Person ${index + 1}`}, from, to)
    );
    const blocks = [];
    for (const employee of employees) {
        for (const {date, available} of employee.days) {
            for (let number = 0; available && number < 5; number++) {
                const id = 10_000 + blocks.length;
                const [start, end] = [8 + number * 1.5, 9.5 + number * 1.5];
                blocks.push(makeBlock({id, employee_id: employee.id, date, from: start, to: end}));
            }
        }
    }
    return makeBoard({from, to, employees, blocks});
}

/** Milliseconds that the page cannot answer while `change` is worked out and drawn. */
async function measure(change, drawn) {
    const start = performance.now();
    await change();
    await waitFor(drawn);
    await animationFrame();
    return performance.now() - start;
}

// Making the firm takes longer than drawing it.
test.timeout(90_000);
test("20,000 blocks of 200 people in four weeks draw without freezing", async () => {
    const firms = new Map();
    // Past the mocked server, which takes seconds for an answer of this size.
    patchWithCleanup(ORM.prototype, {
        async call(model, method, args, kwargs) {
            if (method !== "get_board") {
                return super.call(model, method, args, kwargs);
            }
            const key = args.join();
            if (!firms.has(key)) {
                firms.set(key, makeLargeFirm(...args));
            }
            return firms.get(key);
        },
    });
    await openBoard({});
    await waitFor(".o_scb_row");
    await click(".o_scb_scale_month_button");
    await waitFor(".o_scb_scale_month .o_scb_row");
    expect([...firms.values()].at(-1).blocks.length).toBe(BLOCKS);
    expect(queryAll(".o_scb_row").length).toBeLessThan(30);

    // Once more, with the answer at hand: from the request to the drawing.
    await click(".o_scb_scale_week_button");
    await waitFor(".o_scb_scale_week .o_scb_row");
    const drawing = await measure(
        () => click(".o_scb_scale_month_button"),
        ".o_scb_scale_month .o_scb_row"
    );
    expect(drawing).toBeLessThan(5000);

    const scrolling = await measure(() => {
        queryOne(".o_scb_scroll").scrollTop = 4500;
    }, ".o_scb_person:contains(Person 120)");
    expect(scrolling).toBeLessThan(2500);
    console.debug(`drawn in ${Math.round(drawing)} ms, scrolled in ${Math.round(scrolling)} ms`);
});
