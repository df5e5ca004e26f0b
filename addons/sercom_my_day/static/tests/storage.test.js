import {beforeEach, describe, expect, test} from "@odoo/hoot";
import {Storage} from "@sercom_my_day/my_day/storage";
import {ME, SECRET, clearPhone} from "./my_day_test_helpers";

describe.current.tags("desktop");
beforeEach(clearPhone);

const OTHER = 8;

function makeStorage(userId = ME) {
    return new Storage(userId, SECRET);
}

test("what was written is read, also by the next page of the same user", async () => {
    await makeStorage().write("base", {day: {client: "Marie"}});
    expect(await makeStorage().read("base")).toEqual({day: {client: "Marie"}});
    expect(await makeStorage().read("nothing")).toBe(undefined);
});

test("somebody else reads nothing of it", async () => {
    await makeStorage().write("base", {day: {client: "Marie"}});
    expect(await makeStorage(OTHER).read("base")).toBe(undefined);
});

test("what cannot be decrypted any more is as if it were not there", async () => {
    const storage = makeStorage();
    const place = await storage.place;
    await place.write(`${ME}:base`, {iv: new Uint8Array(12), data: null});
    expect(await storage.read("base")).toBe(undefined);
});

test("actions keep their order, also behind a photo that takes longer", async () => {
    const storage = makeStorage();
    const slow = new Blob(["photo"], {type: "image/jpeg"});
    slow.arrayBuffer = () =>
        new Promise((resolve) =>
            setTimeout(() => resolve(new TextEncoder().encode("photo").buffer), 50)
        );
    await Promise.all([
        storage.addToOutbox({kind: "photo", blob: slow}),
        storage.addToOutbox({kind: "punch"}),
    ]);
    const {actions} = await makeStorage().listOutbox();
    expect(actions.map(({kind}) => kind)).toEqual(["photo", "punch"]);
    expect(actions[0].blob.type).toBe("image/jpeg");
});

test("a failed action holds up none behind it", async () => {
    const storage = makeStorage();
    const broken = new Blob(["photo"]);
    broken.arrayBuffer = () => Promise.reject(new Error("gone"));
    const first = storage.addToOutbox({kind: "photo", blob: broken});
    const second = storage.addToOutbox({kind: "punch"});
    await expect(first).rejects.toThrow("gone");
    await second;
    const {actions} = await storage.listOutbox();
    expect(actions.map(({kind}) => kind)).toEqual(["punch"]);
});

test("of others it is told how many actions wait, and not which", async () => {
    await makeStorage().addToOutbox({kind: "note", text: "Mine"});
    const other = makeStorage(OTHER);
    await other.addToOutbox({kind: "note", text: "Theirs"});
    const {actions, foreign} = await other.listOutbox();
    expect(foreign).toBe(1);
    expect(actions.map(({text}) => text)).toEqual(["Theirs"]);
    expect(await other.listOwnSeqs()).toEqual([actions[0].seq]);
});

test("an action is changed and removed", async () => {
    const storage = makeStorage();
    const seq = await storage.addToOutbox({kind: "note", text: "First"});
    await storage.updateInOutbox({kind: "note", text: "First", message: "No", seq});
    expect((await storage.listOutbox()).actions[0].message).toBe("No");
    await storage.removeFromOutbox(seq);
    expect((await storage.listOutbox()).actions).toEqual([]);
});

test("dropping data leaves what waits to be sent", async () => {
    const storage = makeStorage();
    await storage.write("base", {});
    await makeStorage(OTHER).write("base", {});
    await storage.addToOutbox({kind: "note"});
    const place = await storage.place;
    await storage.dropData({keepOwn: true});
    expect(await place.keys()).toEqual([`${ME}:base`]);
    await storage.dropData();
    expect(await place.keys()).toEqual([]);
    expect((await storage.listOutbox()).actions.length).toBe(1);
});
