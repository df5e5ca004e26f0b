/** Screens on which each button of the page can be pressed. */
import {waitFor, waitUntil} from "@odoo/hoot-dom";
import {
    ANNE,
    LUC,
    ME,
    UNREACHABLE,
    makeCheck,
    makeClock,
    makeDay,
    makeJob,
    makePerson,
    makeRunningClock,
    tap,
} from "./my_day_test_helpers";

const PIXEL =
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
const BLOB = new Blob(["photo"], {type: "image/jpeg"});
const CREW = [
    makePerson({id: LUC, name: "Luc Gagnon", is_leader: true, is_me: true}),
    makePerson({id: ANNE, name: "Anne Roy", is_clocked: true, clocked_job_id: 1}),
];

const onDay = (values) => () => ({get_day: () => makeDay(values)});
const onJob = (values) => () => ({get_jobs: () => [makeJob(values)]});

/** Refuses what is sent, as the office does. */
const refusing = () => ({
    sync: ({actions}) => ({
        user_id: ME,
        results: actions.map(({uuid}) => ({uuid, status: "refused", message: "No"})),
    }),
});

async function keepNote({store}) {
    await store.act({kind: "note", job_id: 1, text: "Valve leaks"});
    await waitFor("[data-outbox]", {timeout: 2000});
    await store.queue.flushing;
}

const ENTRY = {id: 51, name: "Replace the heater", description: "", category: "Plumbing"};
const CATEGORIES = [
    {id: 61, name: "Plumbing"},
    {id: 62, name: "Drains"},
];

/** A job with a price book, options at 10 and 20 dollars, and an invoice to pay. */
export const pricing = () => ({
    get_jobs: () => [makeJob({invoices: [{id: 71, name: "INV/1"}]})],
    find_prices: ({text}) => ({
        entries: [{...ENTRY, name: text || ENTRY.name}],
        categories: CATEGORIES,
    }),
    get_price_options: () => ({
        ...ENTRY,
        options: [1, 2].map((level) => ({
            ...{id: 80 + level, level: ["Good", "Better"][level - 1], name: `Heater ${level}`},
            ...{note: "", lines: [{name: "Heater", quantity: level, unit: "Units"}]},
            ...{untaxed_text: "$9", taxes: [{name: "GST", text: "$1"}]},
            ...{total: 10 * level, total_text: `$${10 * level}.00`},
        })),
    }),
    get_payments: () => [
        {id: 71, name: "INV/1", is_due: true, due_text: "$30.00", url: "#pay", qr: PIXEL},
        {id: 72, name: "INV/2", is_due: false, due_text: "$0.00", url: "#pay", qr: ""},
    ],
});

const PRICED = [
    [],
    ["quote"],
    ["quote", "entry"],
    ["quote", "entry", "option"],
    ["quote", "entry", "option", "choose_option"],
    ["quote", "entry", "decline"],
    ["pay"],
];

const AFTER = {
    quote: "[data-entry]",
    entry: "[data-option]",
    option: "[data-total]",
    choose_option: "[data-action=sign_quote]",
    decline: "[data-action=note_declined]",
    pay: "[data-invoice]",
};

/** One screen for each step of the way from the price book to the signature. */
const PRICE_SCENARIOS = PRICED.map((steps) => ({
    hash: "job/1/job",
    answers: pricing,
    async prepare({store}) {
        store.drafts.set(1, "quote_signature", PIXEL.split(",")[1]);
        store.drafts.set(1, "quote_signed_by", "Marie");
        for (const step of steps) {
            const isRow = ["entry", "option"].includes(step);
            await tap(isRow ? `[data-${step}]` : `[data-action=${step}]`);
            await waitFor(AFTER[step], {timeout: 2000});
        }
    },
}));

export const SCENARIOS = [
    ...PRICE_SCENARIOS,
    {
        hash: "job/1/job",
        answers: () => ({...pricing(), find_prices: UNREACHABLE}),
        async prepare({server}) {
            await tap("[data-action=quote]");
            await waitFor("[data-action=again]", {timeout: 2000});
            server.answers.find_prices = pricing().find_prices;
        },
    },
    {
        answers: onDay({
            jobless: [
                {
                    ...{id: 41, start: "2026-11-03 13:00:00", end: "2026-11-03 13:30:00"},
                    ...{work_type: "travel", jobs: [{id: 1, name: "J1", client: "Marie"}]},
                },
            ],
        }),
        async prepare({store}) {
            store.locator.consent = true; // then distances are offered
            store.push.canAsk = true;
            store.notify("Read me", true);
            await waitFor("[data-strip=notice]", {timeout: 2000});
        },
    },
    {answers: onDay({clock: makeRunningClock()})},
    {answers: onDay({clock: makeClock({on_break: true, break_since: "2026-11-03 14:10:00"})})},
    {
        answers: onDay({
            user: {id: ME, name: "Luc", employee_id: false, has_position: false},
            clock: false,
        }),
    },
    {
        hash: "job/1/job",
        answers: onJob({
            equipment: [{id: 1, name: "Heater", serial: "H-1", note: ""}],
            history: [
                {
                    ...{id: 9, name: "J00000", date: "2026-05-03", subject: "Leak", people: "Anne"},
                    ...{found_note: "Rust", work_note: "", advice_note: "", photo_count: 1},
                    photos: [{id: 8, caption: "Valve", when: "before", url: PIXEL}],
                },
            ],
        }),
    },
    {hash: "hours"},
    {
        hash: "hours",
        async prepare({store}) {
            await tap("[data-action=week_before]");
            await waitFor("[data-action=week_after]:not([disabled])", {timeout: 2000});
            await waitUntil(() => !store.isRefreshing, {timeout: 2000});
        },
    },
    {
        hash: "hours",
        async prepare({store}) {
            store.drafts.set("hours", "entry_41", JSON.stringify({end: "11:00", reason: "Late"}));
            await tap("[data-action=correct_entry]");
            await waitFor("[data-action=propose]:not([disabled])", {timeout: 2000});
        },
    },
    {
        async prepare() {
            await tap("[data-action=on_my_way]");
            await waitFor("[data-form=on_my_way]", {timeout: 2000});
        },
    },
    {
        holdTimes: {on_my_way: 60000},
        async prepare() {
            await tap("[data-action=on_my_way]");
            await tap("[data-answer=tell]");
            await waitFor("[data-action=take_back]", {timeout: 2000});
        },
    },
    {
        hash: "job/1/photos",
        answers: () => ({sync: UNREACHABLE}),
        async prepare({store}) {
            await store.act({kind: "photo", job_id: 1, when: "before", name: "a.jpg", blob: BLOB});
            await tap("[data-photos=before] .photo");
            await waitFor("[data-action=delete_photo]", {timeout: 2000});
        },
    },
    {
        hash: "job/1/finish",
        answers: onJob({crew: CREW}),
        prepare: () => waitFor("[data-action=end_mates]", {timeout: 2000}),
    },
    {hash: "job/1/checks"},
    {hash: "job/1/photos"},
    {
        hash: "job/1/notes",
        async prepare({store}) {
            store.drafts.set(1, "note", "Valve leaks");
            await waitFor("[data-action=note]:not([disabled])", {timeout: 2000});
        },
    },
    {
        hash: "job/1/finish",
        answers: onJob({checks: [makeCheck({id: 21, kind: "check", state: "done"})]}),
        async prepare({store}) {
            const texts = {found_note: "Rust", issue: "Pipe", next_visit: "Second coat"};
            for (const [field, text] of Object.entries(texts)) {
                store.drafts.set(1, field, text);
            }
            await waitFor("[data-action=found]", {timeout: 2000});
            const canvas = document.querySelector(".pad canvas");
            for (const kind of ["pointerdown", "pointermove", "pointerup"]) {
                canvas.dispatchEvent(new PointerEvent(kind, {pointerId: 1, bubbles: true}));
            }
            await waitFor(".pad + button", {timeout: 2000});
        },
    },
    {
        hash: "outbox",
        answers: refusing,
        async prepare(page) {
            await keepNote(page);
            await waitFor("[data-action=retry]", {timeout: 2000});
        },
    },
    {hash: "outbox", answers: () => ({sync: UNREACHABLE}), prepare: keepNote},
    {
        answers: () => ({sync: UNREACHABLE}),
        async prepare({store}) {
            await store.act({kind: "note", job_id: 1, text: "Valve leaks"});
            await waitFor("[data-strip=outbox]", {timeout: 2000});
        },
    },
    {
        async prepare({store}) {
            store.ask({title: "Sure?", text: "", yes: "Yes", no: "No", leave: "Not now"});
            await waitFor(".question", {timeout: 2000});
        },
    },
    {signedIn: LUC + 90, prepare: () => waitUntil(() => document.querySelector("[data-closed]"))},
];
