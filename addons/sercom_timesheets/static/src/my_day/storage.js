/**
 * What the phone keeps by itself: the last data of each user, and the outbox. Both survive a
 * reload, a closed page and an empty battery.
 */
const DATABASE = "sercom_my_day";
const VERSION = 1;

let opening;

function open() {
    opening ||= new Promise((resolve, reject) => {
        const request = indexedDB.open(DATABASE, VERSION);
        request.onupgradeneeded = () => {
            request.result.createObjectStore("data");
            request.result.createObjectStore("outbox", {keyPath: "seq", autoIncrement: true});
        };
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
    });
    return opening;
}

/** Run `use(store)` in a transaction; resolves once it is on the disk. */
async function inStore(name, mode, use) {
    const database = await open();
    return new Promise((resolve, reject) => {
        const transaction = database.transaction(name, mode, {durability: "strict"});
        const request = use(transaction.objectStore(name));
        transaction.oncomplete = () => resolve(request?.result);
        transaction.onerror = transaction.onabort = () => reject(transaction.error);
    });
}

export const storage = {
    read: (key) => inStore("data", "readonly", (store) => store.get(key)),
    write: (key, value) => inStore("data", "readwrite", (store) => store.put(value, key)),

    /** Actions that wait or were refused, in the order in which they happened. */
    listOutbox: () => inStore("outbox", "readonly", (store) => store.getAll()),
    /** Add an action; its place in the order comes back. */
    addToOutbox: (action) => inStore("outbox", "readwrite", (store) => store.add(action)),
    updateInOutbox: (action) => inStore("outbox", "readwrite", (store) => store.put(action)),
    removeFromOutbox: (seq) => inStore("outbox", "readwrite", (store) => store.delete(seq)),
};
