import {beforeEach, describe, expect, test} from "@odoo/hoot";
import {waitUntil} from "@odoo/hoot-dom";
import {Drafts} from "@sercom_my_day/my_day/drafts";
import {Storage} from "@sercom_my_day/my_day/storage";
import {ME, SECRET, clearPhone} from "./my_day_test_helpers";

describe.current.tags("desktop");
beforeEach(clearPhone);

/** A tab of the page on the same phone. */
async function openTab(userId = ME) {
    const drafts = new Drafts(new Storage(userId, SECRET));
    await drafts.load();
    return drafts;
}

test("two tabs write over nothing of each other", async () => {
    const [first, second] = [await openTab(), await openTab()];
    first.set(1, "note", "Valve leaks");
    second.set(1, "found_note", "Rust");
    await Promise.all([first.saving, second.saving]);
    const third = await openTab();
    expect(third.get(1, "note")).toBe("Valve leaks");
    expect(third.get(1, "found_note")).toBe("Rust");
});

test("what is typed in one tab shows in the other, and goes from it when it is sent", async () => {
    const [first, second] = [await openTab(), await openTab()];
    first.set(1, "note", "Valve leaks");
    await waitUntil(() => second.get(1, "note") === "Valve leaks");
    second.settle({job_id: 1, draft: {note: "Valve leaks"}});
    await waitUntil(() => first.get(1, "note") === undefined);
    await second.saving;
    expect((await openTab()).get(1, "note")).toBe(undefined);
});

test("of what is typed quickly, the last stays", async () => {
    const first = await openTab();
    for (const text of ["V", "Va", "Val", "Valve"]) {
        first.set(1, "note", text);
    }
    await first.saving;
    expect((await openTab()).get(1, "note")).toBe("Valve");
});

test("somebody else's drafts show in no tab", async () => {
    const [mine, theirs] = [await openTab(), await openTab(8)];
    theirs.set(1, "note", "Theirs");
    theirs.set(1, "found_note", "Rust");
    await theirs.saving;
    mine.set(1, "work_note", "Mine");
    await waitUntil(() => mine.get(1, "work_note"));
    expect(mine.get(1, "note")).toBe(undefined);
    expect((await openTab()).get(1, "found_note")).toBe(undefined);
});
