import {beforeEach, describe, expect, test} from "@odoo/hoot";
import {waitFor, waitForNone, waitUntil} from "@odoo/hoot-dom";
import {getForeignKind, scaleDown} from "@sercom_my_day/my_day/photo";
import {
    FakeServer,
    NEVER,
    UNREACHABLE,
    clearPhone,
    makeJob,
    openPage,
    tap,
    type,
    waitForAction,
} from "./my_day_test_helpers";
import {patchWithCleanup} from "@web/../tests/web_test_helpers";

describe.current.tags("desktop");
beforeEach(clearPhone);

const BLOB = new Blob(["photo"], {type: "image/jpeg"});
const PHOTO = "[data-photos=before] .photo";

function takePhoto(store, hold) {
    const vals = {kind: "photo", job_id: 1, when: "before", name: "IMG_1.jpg", blob: BLOB};
    return store.act(vals, undefined, hold);
}

test("a photo waits for its caption, and goes with it", async () => {
    const {server, store} = await openPage({hash: "job/1/photos"});
    await takePhoto(store, 60000);
    await tap(PHOTO);
    await waitFor("[data-form=photo]");
    await type("[data-field=caption]", " Rusty valve ");
    expect(server.actions).toHaveLength(0);
    server.answers.get_day = NEVER; // what the phone knows by itself
    await tap("[data-action=caption]");
    const photo = await waitForAction(server, "photo");
    expect([photo.caption, photo.name]).toEqual(["Rusty valve", "IMG_1.jpg"]);
    await waitFor(".photo-caption", {timeout: 2000});
    expect(".photo-caption").toHaveText("Rusty valve");
});

test("a photo that was sent gets its caption later", async () => {
    const photo = {id: 8, uuid: "u-8", name: "a.jpg", caption: "", when: "before", url: "/x"};
    const server = new FakeServer({get_jobs: () => [makeJob({photos: [photo]})]});
    await openPage({server, hash: "job/1/photos"});
    await tap(PHOTO);
    await waitFor("[data-form=photo]");
    expect("[data-action=delete_photo]").toHaveCount(0);
    await type("[data-field=caption]", "Plate");
    await tap("[data-action=caption]");
    const {photo_id, photo_uuid, caption} = await waitForAction(server, "caption");
    expect([photo_id, photo_uuid, caption]).toEqual([8, "u-8", "Plate"]);
});

test("a caption that is typed outlives the sheet and the page, and goes when it is saved", async () => {
    const photo = {id: 8, uuid: "u-8", name: "a.jpg", caption: "", when: "before", url: "/x"};
    const answers = {get_jobs: () => [makeJob({photos: [photo]})]};
    const first = await openPage({server: new FakeServer(answers), hash: "job/1/photos"});
    await tap(PHOTO);
    await type("[data-field=caption]", "Plate");
    await tap("[data-form=photo] [data-answer=no]");
    await waitForNone("[data-form=photo]");
    await tap(PHOTO);
    await waitFor("[data-field=caption]");
    expect("[data-field=caption]").toHaveValue("Plate");
    await first.store.drafts.saving;
    first.close();
    const {server, store} = await openPage({server: new FakeServer(answers), hash: "job/1/photos"});
    await tap(PHOTO);
    await waitFor("[data-field=caption]");
    expect("[data-field=caption]").toHaveValue("Plate");
    await tap("[data-action=caption]");
    expect((await waitForAction(server, "caption")).caption).toBe("Plate");
    await waitUntil(() => store.drafts.get(1, "caption_u-8") === undefined);
});

test("a photo that is not sent is deleted after a question", async () => {
    const server = new FakeServer({sync: UNREACHABLE});
    const {store} = await openPage({server, hash: "job/1/photos"});
    await takePhoto(store);
    await tap(PHOTO);
    await tap("[data-action=delete_photo]");
    await waitFor(".question h2:contains(Delete this photo)");
    await tap("[data-answer=no]");
    await waitFor("[data-form=photo]");
    expect(store.outbox).toHaveLength(1);
    await tap("[data-action=delete_photo]");
    await waitFor(".question h2:contains(Delete this photo)");
    await tap("[data-answer=yes]");
    await waitForNone(PHOTO);
    expect(store.outbox).toHaveLength(0);
});

test("a held photo is sent by itself, and with the completion at once", async () => {
    const {server, store} = await openPage({hash: "job/1/photos"});
    await takePhoto(store, 50);
    await waitForAction(server, "photo");
    await takePhoto(store, 60000);
    await store.act({kind: "complete", job_id: 1});
    await waitForAction(server, "complete");
    expect(server.actions.map(({kind}) => kind)).toEqual(["photo", "photo", "complete"]);
});

test("one photo that is held lets the others go", async () => {
    const {server, store} = await openPage({hash: "job/1/photos"});
    await takePhoto(store, 60000);
    await takePhoto(store);
    await waitForAction(server, "photo");
    await waitUntil(() => store.outbox.length === 1);
    expect(server.actions).toHaveLength(1);
});

test("videos and photos that the browser cannot read are refused by name", async () => {
    const heic = new File(["x"], "IMG_2.HEIC", {type: "image/heic"});
    const video = new File(["x"], "film.mov", {type: "video/quicktime"});
    const letter = new File(["x"], "letter.pdf", {type: "application/pdf"});
    expect([heic, video, letter].map(getForeignKind)).toEqual(["heic", "video", ""]);
    await openPage(); // its words
    for (const [file, words] of [
        [heic, /IMG_2.HEIC is a HEIC photo/],
        [video, /film.mov is a video/],
        [letter, /letter.pdf is not a photo/],
    ]) {
        const error = await scaleDown(file).catch((found) => found);
        expect(error.message).toMatch(words);
    }
});

test("HEIC is taken where the browser reads it, and the hint says so", async () => {
    patchWithCleanup(navigator, {vendor: "Apple Computer, Inc."}); // whose browsers do
    const {server} = await openPage({hash: "job/1/photos"});
    await waitFor("[data-photos=before] p.hint");
    expect("[data-photos=before] p.hint").toHaveText("Photos, HEIC too; no video.");
    const canvas = Object.assign(document.createElement("canvas"), {width: 8, height: 4});
    const blob = await new Promise((done) => canvas.toBlob(done, "image/png"));
    const data = new DataTransfer();
    data.items.add(new File([blob], "IMG_3.HEIC", {type: "image/heic"}));
    const input = document.querySelector("[data-photo=before]");
    input.files = data.files;
    input.dispatchEvent(new Event("change", {bubbles: true}));
    const photo = await waitForAction(server, "photo");
    expect(photo.name).toBe("IMG_3.HEIC");
    expect(atob(photo.image).slice(0, 3)).toBe("\xff\xd8\xff"); // a JPEG
});

test("where HEIC is not read, the hint says so", async () => {
    patchWithCleanup(globalThis, {ImageDecoder: {isTypeSupported: async () => false}});
    patchWithCleanup(navigator, {vendor: "Google Inc."});
    await openPage({hash: "job/1/photos"});
    await waitFor("[data-photos=before] p.hint");
    expect("[data-photos=before] p.hint").toHaveText("Photos (JPEG or PNG); no HEIC, no video.");
});

test("what is taken is said before it is picked", async () => {
    await openPage({hash: "job/1/photos"});
    await waitFor("[data-photos=before] p.hint");
    expect("[data-photos=before] p.hint").toHaveText(/no video/);
});

test("history and equipment of the site are on the job", async () => {
    const visit = {
        ...{id: 9, name: "J00000", date: "2026-05-03", subject: "Leak", people: "Anne Roy"},
        ...{found_note: "Rust", work_note: "Valve", advice_note: "", photo_count: 3},
        photos: [{id: 8, caption: "Valve", when: "before", url: "/x"}],
    };
    const piece = {
        ...{id: 1, name: "Heater", serial: "H-1", installed_on: "2024-05-01", note: "Gas"},
        warranty_until: "2025-05-01",
    };
    const server = new FakeServer({
        get_jobs: () => [makeJob({history: [visit], equipment: [piece]})],
    });
    await openPage({server, hash: "job/1/job"});
    await waitFor("[data-past='9']");
    expect("[data-past='9'] summary").toHaveText("May 3, 2026 · Leak");
    expect("[data-past='9']").toHaveText(/Found\s*Rust/);
    expect("[data-past='9']").toHaveText(/3 photos in all/);
    expect("[data-equipment]").toHaveText(/No. H-1 · installed May 1, 2024/);
    expect("[data-equipment]").toHaveText(/warranty over since May 1, 2025/);
    await tap("[data-past='9'] .photo");
    await waitFor("[data-form=photo] img[alt=Valve]");
    expect("[data-action=caption]").toHaveCount(0);
});
