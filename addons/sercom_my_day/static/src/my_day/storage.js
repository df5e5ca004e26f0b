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
        request.onsuccess = () => {
            // Phones close it when they run short of memory.
            request.result.onclose = () => (opening = undefined);
            resolve(request.result);
        };
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

const disk = {
    read: (key) => inStore("data", "readonly", (store) => store.get(key)),
    write: (key, value) => inStore("data", "readwrite", (store) => store.put(value, key)),
    list: () => inStore("outbox", "readonly", (store) => store.getAll()),
    add: (action) => inStore("outbox", "readwrite", (store) => store.add(action)),
    update: (action) => inStore("outbox", "readwrite", (store) => store.put(action)),
    remove: (seq) => inStore("outbox", "readwrite", (store) => store.delete(seq)),
};

/** In place of the disk where there is none, as in a private window: lost with the page. */
const data = new Map();
const outbox = new Map();
let lastSeq = 0;
const memory = {
    read: (key) => data.get(key),
    write: (key, value) => data.set(key, value),
    list: () => [...outbox.values()],
    add: (action) => {
        lastSeq += 1;
        outbox.set(lastSeq, {...action, seq: lastSeq});
        return lastSeq;
    },
    update: (action) => outbox.set(action.seq, action),
    remove: (seq) => outbox.delete(seq),
};

let lasting;

/** Whether what is kept survives the page. */
function isLasting() {
    lasting ||= new Promise((resolve) => resolve(open())).then(
        () => true,
        () => false
    );
    return lasting;
}

async function keep(method, ...args) {
    return ((await isLasting()) ? disk : memory)[method](...args);
}

export const storage = {
    isLasting,
    read: (key) => keep("read", key),
    write: (key, value) => keep("write", key, value),
    /** Actions that wait or were refused, in the order in which they happened. */
    listOutbox: () => keep("list"),
    /** Add an action; its place in the order comes back. */
    addToOutbox: (action) => keep("add", action),
    updateInOutbox: (action) => keep("update", action),
    removeFromOutbox: (seq) => keep("remove", seq),
};
