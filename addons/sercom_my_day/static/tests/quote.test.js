import {beforeEach, describe, expect, test} from "@odoo/hoot";
import {queryAll, waitFor, waitForNone, waitUntil} from "@odoo/hoot-dom";
import {
    FakeServer,
    UNREACHABLE,
    clearPhone,
    makeJob,
    openPage,
    tap,
    type,
    waitForAction,
} from "./my_day_test_helpers";
import {pricing} from "./scenarios";

describe.current.tags("desktop");
beforeEach(clearPhone);

async function draw() {
    await waitFor(".pad canvas");
    const canvas = document.querySelector("[data-quote] .pad canvas");
    for (const [kind, offset] of [
        ["pointerdown", 5],
        ["pointermove", 40],
        ["pointerup", 40],
    ]) {
        const place = {clientX: canvas.getBoundingClientRect().x + offset, bubbles: true};
        canvas.dispatchEvent(new PointerEvent(kind, {pointerId: 1, ...place}));
    }
}

/** The page, with an option chosen and signed. */
async function openSigned(answers = {}) {
    const server = new FakeServer({...pricing(), ...answers});
    const page = await openPage({server, hash: "job/1/job"});
    await tap("[data-action=quote]");
    await tap("[data-entry='51']");
    await tap("[data-option='82']");
    await waitFor("[data-total]");
    expect("[data-total]").toHaveText(/GST\s*\$1\s*Total\s*\$20\.00/);
    await tap("[data-action=choose_option]");
    await waitFor("[data-action=sign_quote]");
    expect("[data-action=sign_quote]").not.toBeEnabled();
    await draw();
    expect("[data-action=sign_quote]").not.toBeEnabled({message: "nobody has a name yet"});
    await type("#quote_signed_by", "Marie");
    return page;
}

test("the client chooses and signs, once", async () => {
    const {server} = await openSigned();
    await waitFor("[data-action=sign_quote]:enabled");
    const button = document.querySelector("[data-action=sign_quote]");
    button.click();
    button.click();
    const action = await waitForAction(server, "quote");
    const {option_id, total, signed_by, signature, job_id} = action;
    expect({option_id, total, signed_by, job_id}).toEqual({
        ...{option_id: 82, total: 20, signed_by: "Marie", job_id: 1},
    });
    expect(atob(signature).slice(1, 4)).toBe("PNG");
    expect("draft" in action).toBe(false);
    await waitFor("[data-action=quote]");
    expect(server.actions.filter(({kind}) => kind === "quote")).toHaveLength(1);
});

test("without network no price is shown, and the screen says so", async () => {
    const server = new FakeServer({...pricing(), find_prices: UNREACHABLE});
    await openPage({server, hash: "job/1/job"});
    await tap("[data-action=quote]");
    await waitFor("[data-problem]");
    expect("[data-problem]").toHaveText(/need the network/);
    expect("[data-entry]").toHaveCount(0);
    server.answers.find_prices = pricing().find_prices;
    await tap("[data-action=again]");
    await waitFor("[data-entry='51']");
});

test("what is signed waits for the network", async () => {
    const {store} = await openSigned({sync: UNREACHABLE});
    await tap("[data-action=sign_quote]");
    await waitFor("[data-signed-quote=waiting]");
    expect("[data-signed-quote]").toHaveText(/Heater 2[^]*Marie · waits to be sent/);
    expect(store.outbox.map(({kind}) => kind)).toEqual(["quote"]);
});

test("a refusal gives back the signature", async () => {
    const refuse = ({actions}) => ({
        user_id: 7,
        results: actions.map(({uuid}) => ({uuid, status: "refused", message: "Choose again"})),
    });
    const {store} = await openSigned({
        sync: (kwargs) => ({...refuse(kwargs), user_id: kwargs.user_id}),
    });
    await tap("[data-action=sign_quote]");
    await waitUntil(() => store.outbox.some(({message}) => message), {timeout: 2000});
    expect(store.drafts.get(1, "quote_signed_by")).toBe("Marie");
    expect(store.drafts.get(1, "quote_signature")).not.toBe(undefined);
});

test("what the client declines is noted", async () => {
    const {server} = await openPage({server: new FakeServer(pricing()), hash: "job/1/job"});
    await tap("[data-action=quote]");
    await tap("[data-entry='51']");
    await tap("[data-action=decline]");
    await type("#quote_reason", "Too dear");
    await tap("[data-action=note_declined]");
    const {entry_id, text} = await waitForAction(server, "quote_declined");
    expect({entry_id, text}).toEqual({entry_id: 51, text: "Too dear"});
});

test("why the client declines is kept until it is sent", async () => {
    const server = new FakeServer({...pricing(), sync: UNREACHABLE});
    const {store} = await openPage({server, hash: "job/1/job"});
    const open = async () => {
        await tap("[data-action=quote]");
        await tap("[data-entry='51']");
        await tap("[data-action=decline]");
        await waitFor("#quote_reason");
    };
    await open();
    await type("#quote_reason", "Too dear");
    store.open("job", 1, "notes");
    await waitFor("[data-field=note]");
    store.open("job", 1, "job");
    await open();
    expect("#quote_reason").toHaveValue("Too dear");
    await tap("[data-action=note_declined]");
    await waitUntil(() => !store.drafts.get(1, "quote_reason"), {timeout: 2000});
});

test("an invoice is paid by code or link", async () => {
    await openPage({server: new FakeServer(pricing()), hash: "job/1/job"});
    await tap("[data-action=pay]");
    await waitFor("[data-invoice='71'] img");
    expect("[data-invoice='71']").toHaveText(/INV\/1\s*\$30\.00/);
    expect("[data-invoice='71'] img").toHaveAttribute("alt", /INV\/1/);
    expect(queryAll("[data-invoice='71'] a")[0].getAttribute("href")).toBe("#pay");
    expect("[data-invoice='72']").toHaveText(/Paid/);
    expect("[data-invoice='72'] img").toHaveCount(0);
});

test("without an invoice there is nothing to pay", async () => {
    const server = new FakeServer({get_jobs: () => [makeJob({invoices: []})]});
    await openPage({server, hash: "job/1/job"});
    await waitFor("[data-quote]");
    await waitForNone("[data-payment]");
});
