import {beforeEach, describe, expect, test} from "@odoo/hoot";
import {click, edit, queryAllTexts, select, waitFor, waitForNone, waitUntil} from "@odoo/hoot-dom";
import "@sercom_my_day_parts/my_day_parts/part_action";
import "@sercom_my_day_parts/my_day_parts/job_parts";
import {
    FakeServer,
    ME,
    NEVER,
    UNREACHABLE,
    clearPhone,
    makeJob,
    openPage,
    tap,
    waitForAction,
} from "@sercom_my_day/../tests/my_day_test_helpers";
import {patchWithCleanup} from "@web/../tests/web_test_helpers";
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
const USED = [{product_id: 51, name: "Valve", unit: "Units", quantity: 1, lots: []}];
const HEATER_USED = {
    ...{product_id: 52, name: "Heater", unit: "Units", quantity: 1},
    lots: [{name: "SN-1", quantity: 1}],
};

function makeAnswers() {
    return {
        get_jobs: () => [makeJob({parts: PARTS, parts_used: USED})],
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

function see(selector, text) {
    return waitUntil(() => text.test(queryAllTexts(selector)[0]), {timeout: 2000});
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
    const action = await waitForAction(server, "part_add");
    expect([action.kind, action.product_id, action.quantity]).toEqual(["part_add", 51, 2]);
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

test("a planned part that is not in the truck asks for its number all the same", async () => {
    const planned = {...PARTS[0], product_id: 52, name: "Heater", tracking: "serial", delivered: 0};
    const {server} = await openParts({
        get_jobs: () => [makeJob({parts: [planned], parts_used: []})],
        find_parts: () => [VALVE],
    });
    await see("[data-part='52'] .hint", /Used on this job: 0 · Planned: 2$/);
    await tap("[data-part='52'] [data-action=add_part]");
    await waitFor("#part_lot");
    expect("[data-not-in-truck]").toHaveText(/not in your truck.*Type or scan the number/);
    expect("#part_quantity").toHaveCount(0); // one number is one piece
    expect("[data-action=use_part]").toHaveProperty("disabled", true);
    expect(server.actions).toEqual([]);
    await click("#part_lot");
    await edit("SN-9");
    await tap("[data-action=use_part]");
    const action = await waitForAction(server, "part_add");
    expect([action.product_id, action.quantity, action.lot_name]).toEqual([52, 1, "SN-9"]);
});

test("one tap uses one more, whatever is known of the job", async () => {
    const {server} = await openParts({sync: UNREACHABLE, find_parts: () => [VALVE]});
    await see("[data-part='51'] .hint", /In the truck: 4/);
    expect("[data-part='51'] .hint").toHaveText(/Used on this job: 1 · Planned: 2/);
    await tap("[data-part='51'] [data-action=add_part]");
    await see("[data-part='51'] .hint", /Used on this job: 2 · Planned: 2 · In the truck: 3/);
    const action = await waitForAction(server, "part_add");
    expect([action.product_id, action.quantity]).toEqual([51, 1]);
});

test("what is typed of a part outlives tab and page", async () => {
    const answers = {find_parts: () => [{...HEATER, lots: []}]};
    const first = await openParts(answers);
    await tap("[data-action=parts]");
    await waitFor("[data-parts] .choice");
    await tap("[data-parts] .choice");
    await waitFor("#part_lot");
    await click("#part_lot");
    await edit("SN-7");
    first.store.open("job", 1, "notes");
    await waitForNone("[data-parts]");
    first.store.open("job", 1, "job");
    await waitFor("#part_lot");
    expect("#part_lot").toHaveValue("SN-7");
    await first.store.drafts.saving;
    first.close();
    const {server} = await openParts(answers);
    await waitFor("#part_lot");
    expect("#part_lot").toHaveValue("SN-7");
    await tap("[data-action=use_part]");
    const action = await waitForAction(server, "part_add");
    expect([action.product_id, action.lot_name]).toEqual([52, "SN-7"]);
    await waitForNone("#part_lot");
});

test("a part that is refused gives back what was typed", async () => {
    const answers = {
        sync: ({actions}) => ({
            user_id: ME,
            results: actions.map(({uuid}) => ({uuid, status: "refused", message: "Not so many"})),
        }),
    };
    const {server} = await openParts(answers);
    await tap("[data-action=correct_part]");
    await waitFor("#part_quantity");
    await click("#part_quantity");
    await edit("30");
    await tap("[data-action=set_total]");
    expect((await waitForAction(server, "part")).quantity).toBe(30);
    await see("[data-strip=outbox]", /refused/);
    await waitFor("#part_quantity");
    expect("#part_quantity").toHaveValue(30);
});

test("another job's use of a part is not this one's", async () => {
    // The truck was read for a job that has used five.
    await openParts({find_parts: () => [{...VALVE, used_quantity: 5}]});
    await tap("[data-action=parts]");
    await waitFor("[data-parts] .choice");
    await tap("[data-parts] .choice");
    await waitFor("#part_quantity");
    expect("#part_quantity").toHaveValue(1);
});

test("the total is set by itself", async () => {
    const {server} = await openParts();
    await tap("[data-action=correct_part]");
    await waitFor("#part_quantity");
    expect("#part_quantity").toHaveValue(1);
    await tap("[data-parts] .step");
    await tap("[data-action=set_total]");
    const action = await waitForAction(server, "part");
    expect([action.product_id, action.quantity]).toEqual([51, 0]);
});

test("serial numbers that are used are shown, and not offered again", async () => {
    const lots = ["SN-1", "SN-2", "SN-3"].map((name) => ({name, quantity: 1}));
    const {server, store} = await openParts({
        get_jobs: () => [makeJob({parts: [], parts_used: [HEATER_USED]})],
        find_parts: () => [{...HEATER, lots}],
        sync: UNREACHABLE, // so that what is used next waits
    });
    await see("[data-lots]", /^SN-1$/);
    await waitUntil(() => store.base.truck, {timeout: 2000});
    const offered = () => queryAllTexts("#part_lot option").filter(Boolean);
    await tap("[data-action=add_part]");
    await waitUntil(() => offered().length, {timeout: 2000});
    expect(offered()).toEqual(["SN-2", "SN-3"]);
    await select("SN-2", {target: "#part_lot"});
    await tap("[data-action=use_part]");
    expect((await waitForAction(server, "part_add")).lot_name).toBe("SN-2");
    await see("[data-lots]", /^SN-1, SN-2$/);
    await waitFor("[data-parts] .choice");
    await tap("[data-parts] .choice");
    await waitUntil(() => offered().length, {timeout: 2000});
    expect(offered()).toEqual(["SN-3"]);
    await tap("[data-action=back]:not(.back)");
    await waitFor("[data-action=correct_part]");
    await tap("[data-action=correct_part]");
    await waitFor("[data-lot='SN-1']");
    await tap("[data-lot='SN-1']");
    const action = await waitForAction(server, "part");
    expect([action.quantity, action.lot_name]).toEqual([0, "SN-1"]);
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

/** A browser with a camera that reads the codes given; no browser of the tests has one. */
function makeCamera() {
    const camera = {isAllowed: true, codes: [], isOn: false};
    const track = {stop: () => (camera.isOn = false)};
    patchWithCleanup(window, {
        BarcodeDetector: class {
            async detect() {
                return camera.codes.splice(0, 1).map((rawValue) => ({rawValue}));
            }
        },
    });
    patchWithCleanup(navigator, {
        mediaDevices: {
            async getUserMedia() {
                if (!camera.isAllowed) {
                    throw new DOMException("No", "NotAllowedError");
                }
                camera.isOn = true;
                const stream = new MediaStream();
                return Object.assign(stream, {getTracks: () => [track]});
            },
        },
    });
    return camera;
}

test("a barcode is read by the camera: of a part, and of its serial number", async () => {
    const camera = makeCamera();
    await openParts({find_parts: ({text}) => (text === "456" ? [HEATER] : [VALVE])});
    await tap("[data-action=parts]");
    await waitFor("[data-scan=camera]");
    await tap("[data-scan=camera]");
    await waitFor("[role=dialog] video");
    expect(camera.isOn).toBe(true);
    camera.codes = ["456"];
    await waitUntil(() => /Heater/.test(queryAllTexts("[data-parts] .choice")[0]), {timeout: 3000});
    expect(camera.isOn).toBe(false);
    expect("[role=dialog]").toHaveCount(0);
    await tap("[data-parts] .choice");
    await waitFor("#part_lot");
    await tap("[data-scan=camera]");
    await waitFor("[role=dialog] video");
    camera.codes = ["SN-1"];
    await waitUntil(() => !document.querySelector("[data-action=use_part]").disabled, {
        timeout: 3000,
    });
    expect("#part_lot").toHaveValue("SN-1");
});

test("the camera goes off when it is closed, and when the job is left", async () => {
    const camera = makeCamera();
    const {store} = await openParts();
    await tap("[data-action=parts]");
    for (const leave of [() => tap("[data-scan=close]"), () => store.open("day")]) {
        await waitFor("[data-scan=camera]");
        await tap("[data-scan=camera]");
        await waitFor("[role=dialog] video");
        await leave();
        await waitUntil(() => !camera.isOn, {timeout: 2000});
    }
});

test("a camera that is not allowed leaves a picture to be taken", async () => {
    const camera = makeCamera();
    camera.isAllowed = false;
    await openParts();
    await tap("[data-action=parts]");
    await waitFor("[data-scan=camera]");
    await tap("[data-scan=camera]");
    await waitFor("[data-scan=picture]");
    expect("[data-strip=notice]").toHaveText(/may not be used here/);
});

test("nothing is offered where the browser reads no barcodes", async () => {
    await openParts();
    await tap("[data-action=parts]");
    await waitFor("[data-parts] .choice");
    expect("[data-scan]").toHaveCount("BarcodeDetector" in window ? 1 : 0);
});

test("every button of every template does something", async () => {
    const open = async () => {
        document.querySelector("[data-action=parts]").click();
        await waitFor("[data-parts] .choice");
    };
    const scenario = {hash: "job/1/job", answers: makeAnswers};
    const hold = makeCamera();
    const left = await pressEveryButton("sercom_my_day_parts", [
        {...scenario, prepare: () => waitFor("[data-action=parts]")},
        {...scenario, prepare: open},
        {
            ...scenario,
            async prepare() {
                await open();
                (await waitFor("[data-scan=camera]")).click();
                await waitFor("[data-scan=close]");
            },
        },
        {
            ...scenario,
            async prepare() {
                hold.isAllowed = false;
                await open();
                (await waitFor("[data-scan=camera]")).click();
                await waitFor("[data-scan=picture]");
            },
        },
        {
            ...scenario,
            async prepare() {
                await open();
                document.querySelector("[data-parts] .choice").click();
                await waitFor("[data-action=use_part]");
            },
        },
        {
            ...scenario,
            async prepare() {
                (await waitFor("[data-action=correct_part]")).click();
                await waitFor("[data-action=set_total]");
            },
        },
        {
            hash: "job/1/job",
            answers: () => ({
                ...makeAnswers(),
                get_jobs: () => [makeJob({parts: [], parts_used: [HEATER_USED]})],
            }),
            async prepare() {
                (await waitFor("[data-action=correct_part]")).click();
                await waitFor("[data-lot]");
            },
        },
    ]);
    expect(left).toEqual([]);
});
