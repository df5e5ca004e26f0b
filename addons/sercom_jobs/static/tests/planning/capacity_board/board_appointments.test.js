import {describe, expect, test} from "@odoo/hoot";
import {click, drag, queryAllTexts, queryOne} from "@odoo/hoot-dom";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {mockService, onRpc} from "@web/../tests/web_test_helpers";
import {
    MONDAY,
    TUESDAY,
    at,
    cell,
    makeAppointment,
    makeFirm,
    makeJob,
    openBoard,
    waitFor,
} from "./board_test_helpers";

describe.current.tags("desktop");
defineMailModels();

function notePlans(answer = []) {
    onRpc("sercom.scheduler", "plan_appointment", ({args}) => {
        expect.step(args);
        return answer;
    });
}

const seen = {employee_id: 2, date_start: at(MONDAY, 9), date_end: at(MONDAY, 10)};

/** Ann has an assessment on Monday at 9. */
const makeAnnsFirm = () =>
    makeFirm({appointments: [makeAppointment({id: 30, employee_id: 2, name: "Look at the roof"})]});

test("appointments are blocks with their names, in every scale", async () => {
    await openBoard({board: makeAnnsFirm()});
    const chip = `${cell(2, MONDAY)} [data-event-id='30']`;
    await waitFor(chip);
    expect(`${chip} .o_scb_client`).toHaveText("Look at the roof");
    expect(`${chip} .o_scb_time`).toHaveText("9:00");
    expect(queryOne(chip).ariaLabel).toInclude("Assessment");
    // In order of time with the blocks.
    expect(queryAllTexts(`${cell(2, MONDAY)} .o_scb_client`)).toEqual(["Look at the roof", "Côté"]);
    await click(".o_scb_scale_day_button");
    await waitFor(".o_scb_line [data-event-id='30']");
    expect(".o_scb_line [data-event-id='30'] .o_scb_client").toHaveText("Look at the roof");
    await click(".o_scb_scale_month_button");
    await waitFor(`.o_scb_scale_month ${cell(2, MONDAY)} [data-event-id='30']`);
});

test("an appointment opens; a private one does not", async () => {
    mockService("action", {
        doAction(action) {
            if (action.res_model) {
                expect.step([action.res_model, action.res_id]);
                return Promise.resolve();
            }
            return super.doAction(...arguments);
        },
    });
    const secret = makeAppointment({id: 31, employee_id: 1, name: "Busy", is_private: true});
    const open = makeAppointment({id: 30, employee_id: 2});
    await openBoard({board: makeFirm({appointments: [secret, open]})});
    await waitFor("[data-event-id='30']");
    await click("[data-event-id='31']");
    await click("[data-event-id='30']");
    await expect.waitForSteps([["calendar.event", 30]]);
});

test("one that nobody goes to waits in the tray, and is given to somebody", async () => {
    notePlans();
    const waiting = makeAppointment({id: 30, name: "Look at the roof", client: "Gauthier"});
    await openBoard({board: makeFirm(), jobs: [makeJob({id: 50})], events: [waiting]});
    await waitFor(".o_scb_row");
    expect(".o_scb_side h2").toHaveText(/To plan\s*2/);
    expect(".o_scb_card_event .o_scb_client").toHaveText("Look at the roof");
    expect(".o_scb_card_event .fa-clock-o + *, .o_scb_card_event .o_scb_card_facts").toHaveText(
        /Mon 23 Nov, 9:00 – 10:00/
    );
    const {moveTo, drop} = await drag(".o_scb_side [data-event-id='30']");
    await moveTo(cell(2, MONDAY));
    await waitFor(".o_scb_hint_where");
    // At the time agreed with the client, whatever is free.
    expect(".o_scb_hint_where").toHaveText("Ann, Mon 23 Nov 9:00 – 10:00 (1 h)");
    await drop();
    await expect.waitForSteps([
        [
            30,
            2,
            at(MONDAY, 9),
            at(MONDAY, 10),
            {employee_id: false, date_start: at(MONDAY, 9), date_end: at(MONDAY, 10)},
        ],
    ]);
});

test("it is dragged to another day", async () => {
    notePlans();
    await openBoard({board: makeAnnsFirm()});
    await waitFor("[data-event-id='30']");
    await (await drag("[data-event-id='30']")).drop(cell(2, TUESDAY));
    await expect.waitForSteps([[30, 2, at(TUESDAY, 9), at(TUESDAY, 10), seen]]);
});

test("it goes back on the tray", async () => {
    notePlans();
    await openBoard({board: makeAnnsFirm()});
    await waitFor("[data-event-id='30']");
    await (await drag("[data-event-id='30']")).drop(".o_scb_cards");
    await expect.waitForSteps([[30, false, at(MONDAY, 9), at(MONDAY, 10), seen]]);
});

test("an appointment may be put over a visit: it is told, not refused", async () => {
    notePlans();
    await openBoard({board: makeAnnsFirm()});
    await waitFor("[data-event-id='30']");
    const {moveTo, drop} = await drag("[data-event-id='30']");
    await moveTo(cell(1, MONDAY));
    await waitFor(".o_scb_conflict_warn");
    expect(".o_scb_conflict_warn").toHaveText("Already on Roy, 9:00 – 11:00");
    expect(".o_scb_target").toHaveClass("o_scb_target_warn");
    await drop();
    await expect.waitForSteps([[30, 1, at(MONDAY, 9), at(MONDAY, 10), seen]]);
    expect(".o_dialog").toHaveCount(0);
});

test("one that lasts all day keeps its day", async () => {
    notePlans();
    const fair = makeAppointment({id: 30, name: "Fair", from: 0, to: 24, allday: true});
    await openBoard({board: makeFirm(), events: [fair]});
    await waitFor(".o_scb_row");
    await (await drag("[data-event-id='30']")).drop(cell(2, TUESDAY));
    await expect.waitForSteps([
        [
            30,
            2,
            at(MONDAY, 0),
            at(MONDAY, 24),
            {employee_id: false, date_start: at(MONDAY, 0), date_end: at(MONDAY, 24)},
        ],
    ]);
});

test("the hours of an appointment move with it", async () => {
    notePlans(new Promise(() => {}));
    await openBoard({board: makeAnnsFirm()});
    await waitFor("[data-event-id='30']");
    await (await drag("[data-event-id='30']")).drop(cell(2, TUESDAY));
    await waitFor(`${cell(2, TUESDAY)} [data-event-id='30'].o_scb_pending`);
    expect(`${cell(2, MONDAY)} .o_scb_load`).toHaveText("1/8 h");
    expect(`${cell(2, TUESDAY)} .o_scb_load`).toHaveText("1/8 h");
    expect.verifySteps([[30, 2, at(TUESDAY, 9), at(TUESDAY, 10), seen]]);
});
