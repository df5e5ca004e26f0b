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

export const SCENARIOS = [
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
            store.ask({title: "Sure?", text: "", yes: "Yes", no: "No"});
            await waitFor(".question", {timeout: 2000});
        },
    },
    {signedIn: LUC + 90, prepare: () => waitUntil(() => document.querySelector("[data-closed]"))},
];
