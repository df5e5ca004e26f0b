import {beforeEach, describe, expect, test} from "@odoo/hoot";
import {click, edit, queryAllTexts, waitFor, waitUntil} from "@odoo/hoot-dom";
import "@sercom_my_day_parts/my_day_parts/part_action";
import "@sercom_my_day_parts/my_day_parts/job_parts";
import {
    FakeServer,
    NEVER,
    UNREACHABLE,
    clearPhone,
    makeJob,
    openPage,
    tap,
    waitForAction,
} from "@sercom_my_day/../tests/my_day_test_helpers";
import {pressEveryButton} from "@sercom_my_day/../tests/press_every_button";

describe.current.tags("desktop");
beforeEach(clearPhone);

const VALVE = {
    ...{id: 51, name: "Valve", code: "V-1", barcode: "123", unit: "Units", tracking: "none"},
    ...{truck_quantity: 4, used_quantity: 1, lots: [], lot_name: ""},
};
const HEATER = {
    ...VALVE,
    ...{id: 52, name: "Heater", code: "H-1", barcode: "456", tracking: "serial"},
    lots: [{name: "SN-1", quantity: 1}],
};
const PARTS = [{id: 61, product_id: 51, name: "Valve", quantity: 2, delivered: 1, unit: "Units"}];

function makeAnswers() {
    return {
        get_jobs: () => [makeJob({parts: PARTS})],
        find_parts: ({text = ""}) =>
            [VALVE, HEATER].filter(({name}) => name.toLowerCase().includes(text.toLowerCase())),
    };
}

async function openParts(answers = {}) {
    const server = new FakeServer({...makeAnswers(), ...answers});
    const page = await openPage({server, hash: "job/1/job"});
    await waitFor("[data-parts]");
    return page;
}

test("parts of the job, and those in the truck", async () => {
    await openParts();
    expect("[data-parts] .row").toHaveText(/Valve\s+2 Units/);
    await tap("[data-action=parts]");
    await waitFor("[data-parts] .choice");
    expect(queryAllTexts("[data-parts] .choice span:first-child")).toEqual(["Valve", "Heater"]);
});

test("a part used shows at once, and is sent", async () => {
    const {server} = await openParts();
    server.answers.get_day = NEVER;
    await tap("[data-action=parts]");
    await waitFor("[data-parts] .choice");
    await tap("[data-parts] .choice");
    await waitFor("[data-action=use_part]");
    await tap("[data-parts] .step:last-of-type");
    await tap("[data-action=use_part]");
    const action = await waitForAction(server, "part");
    expect([action.product_id, action.quantity]).toEqual([51, 3]);
    await waitUntil(() => /3 Units/.test(queryAllTexts("[data-parts] .row")[0]));
});

test("a part with a serial number asks for it", async () => {
    await openParts({find_parts: () => [HEATER]});
    await tap("[data-action=parts]");
    await waitFor("[data-parts] .choice");
    await tap("[data-parts] .choice");
    await waitFor("#part_lot");
    expect("[data-action=use_part]").toHaveProperty("disabled", true);
});

test("without network the truck is searched as it was known", async () => {
    const {server} = await openParts();
    await tap("[data-action=parts]");
    await waitFor("[data-parts] .choice");
    server.answers.find_parts = UNREACHABLE;
    await click("[data-parts] input[type=search]");
    await edit("456");
    await waitUntil(() => queryAllTexts("[data-parts] .choice").length === 1, {timeout: 2000});
    expect("[data-parts] .choice span:first-child").toHaveText("Heater");
});

test("every button of every template does something", async () => {
    const open = async () => {
        document.querySelector("[data-action=parts]").click();
        await waitFor("[data-parts] .choice");
    };
    const scenario = {hash: "job/1/job", answers: makeAnswers};
    window.BarcodeDetector ||= class {
        async detect() {
            return [];
        }
    };
    const left = await pressEveryButton("sercom_my_day_parts", [
        {...scenario, prepare: () => waitFor("[data-action=parts]")},
        {...scenario, prepare: open},
        {
            ...scenario,
            async prepare() {
                await open();
                document.querySelector("[data-parts] .choice").click();
                await waitFor("[data-action=use_part]");
            },
        },
    ]);
    expect(left).toEqual([]);
});
