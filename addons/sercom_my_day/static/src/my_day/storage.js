import {Cipher} from "./cipher";

/**
 * What the phone keeps by itself: the last data of the user, and the outbox. Both survive a
 * reload, a closed page and an empty battery; both are encrypted.
 */
const DATABASE = "sercom_my_day";
const VERSION = 2;

/** IndexedDB. */
class Disk {
    open() {
        this.opening ||= new Promise((resolve, reject) => {
            const request = indexedDB.open(DATABASE, VERSION);
            request.onupgradeneeded = () => {
                const {result} = request;
                [...result.objectStoreNames].forEach((name) => result.deleteObjectStore(name));
                result.createObjectStore("data");
                result.createObjectStore("outbox", {keyPath: "seq", autoIncrement: true});
            };
            request.onsuccess = () => {
                // Phones close it when they run short of memory.
                request.result.onclose = () => (this.opening = undefined);
                resolve(request.result);
            };
            request.onerror = () => reject(request.error);
        });
        return this.opening;
    }

    /** Run `use(store)` in a transaction; resolves once it is on the disk. */
    async inStore(name, mode, use) {
        const database = await this.open();
        return new Promise((resolve, reject) => {
            const transaction = database.transaction(name, mode, {durability: "strict"});
            const request = use(transaction.objectStore(name));
            transaction.oncomplete = () => resolve(request?.result);
            transaction.onerror = transaction.onabort = () => reject(transaction.error);
        });
    }

    read(key) {
        return this.inStore("data", "readonly", (store) => store.get(key));
    }

    write(key, value) {
        return this.inStore("data", "readwrite", (store) => store.put(value, key));
    }

    keys() {
        return this.inStore("data", "readonly", (store) => store.getAllKeys());
    }

    drop(key) {
        return this.inStore("data", "readwrite", (store) => store.delete(key));
    }

    list() {
        return this.inStore("outbox", "readonly", (store) => store.getAll());
    }

    add(row) {
        return this.inStore("outbox", "readwrite", (store) => store.add(row));
    }

    update(row) {
        return this.inStore("outbox", "readwrite", (store) => store.put(row));
    }

    remove(seq) {
        return this.inStore("outbox", "readwrite", (store) => store.delete(seq));
    }
}

/** In place of the disk where there is none, as in a private window: lost with the page. */
class Memory {
    data = new Map();
    outbox = new Map();
    lastSeq = 0;

    read(key) {
        return this.data.get(key);
    }

    write(key, value) {
        this.data.set(key, value);
    }

    keys() {
        return [...this.data.keys()];
    }

    drop(key) {
        this.data.delete(key);
    }

    list() {
        return [...this.outbox.values()];
    }

    add(row) {
        this.lastSeq += 1;
        this.outbox.set(this.lastSeq, {...row, seq: this.lastSeq});
        return this.lastSeq;
    }

    update(row) {
        this.outbox.set(row.seq, row);
    }

    remove(seq) {
        this.outbox.delete(seq);
    }
}

/** What the phone keeps of one user; of others it tells how much there is, and no more. */
export class Storage {
    /**
     * @param {number} userId
     * @param {string} secret of that user, which encrypts what is kept
     */
    constructor(userId, secret) {
        this.userId = userId;
        this.cipher = new Cipher(secret);
        this.onFull = (error) => reportError(error); // gets what the disk said
    }

    get place() {
        this.opening ||= (async () => {
            const disk = new Disk();
            try {
                await disk.open();
                return disk;
            } catch {
                return new Memory();
            }
        })();
        return this.opening;
    }

    /** Whether what is kept survives the page. */
    async isLasting() {
        return (await this.place) instanceof Disk;
    }

    _key(name) {
        return `${this.userId}:${name}`;
    }

    /** A value that was written; `undefined` for none, or one that cannot be read any more. */
    async read(name) {
        const encrypted = await (await this.place).read(this._key(name));
        try {
            return encrypted && (await this.cipher.decryptValue(encrypted));
        } catch {
            return undefined;
        }
    }

    /** Keep a value for the next page; this one works without, too. */
    async write(name, value) {
        const encrypted = await this.cipher.encryptValue(value);
        try {
            await (await this.place).write(this._key(name), encrypted);
        } catch (error) {
            this.onFull(error);
        }
    }

    /** Values whose names begin alike, by what follows in them. */
    async readAll(prefix) {
        const start = this._key(prefix);
        const found = {};
        for (const key of await (await this.place).keys()) {
            if (key.startsWith(start)) {
                found[key.slice(start.length)] = await this.read(key.slice(this._key("").length));
            }
        }
        return found;
    }

    async drop(name) {
        await (await this.place).drop(this._key(name));
    }

    /** Drop the data of everybody else, or of all: what waits to be sent stays. */
    async dropData({keepOwn = false} = {}) {
        const place = await this.place;
        for (const key of await place.keys()) {
            if (!keepOwn || !key.startsWith(this._key(""))) {
                await place.drop(key);
            }
        }
    }

    /**
     * Actions that wait or were refused, in the order in which they happened.
     *
     * @returns {Promise<{actions: Object[], foreign: number}>} the user's own, and how many there
     *     are of others
     */
    async listOutbox() {
        const rows = await (await this.place).list();
        const actions = [];
        for (const row of rows) {
            if (row.user_id === this.userId) {
                const action = await this._read(row).catch(() => null);
                if (action) {
                    actions.push(action);
                }
            }
        }
        return {actions, foreign: rows.length - actions.length};
    }

    /** Places in the order of the user's own actions that are kept. */
    async listOwnSeqs() {
        const rows = await (await this.place).list();
        return rows.filter((row) => row.user_id === this.userId).map((row) => row.seq);
    }

    /** Add an action, behind those added before; its place in the order comes back. */
    addToOutbox(action) {
        const previous = this.adding;
        this.adding = (async () => {
            await previous?.catch(() => {}); // a photo takes longer to encrypt than a punch
            const row = await this._toRow(action);
            return (await this.place).add(row);
        })();
        return this.adding;
    }

    async updateInOutbox(action) {
        const row = await this._toRow(action);
        await (await this.place).update({...row, seq: action.seq});
    }

    async removeFromOutbox(seq) {
        await (await this.place).remove(seq);
    }

    async _toRow({blob, seq: _seq, ...vals}) {
        const row = {user_id: this.userId, content: await this.cipher.encryptValue(vals)};
        if (blob) {
            row.blob = await this.cipher.encrypt(await blob.arrayBuffer());
            row.blob.type = blob.type;
        }
        return row;
    }

    async _read(row) {
        const action = {...(await this.cipher.decryptValue(row.content)), seq: row.seq};
        if (row.blob) {
            const {type} = row.blob;
            action.blob = new Blob([await this.cipher.decrypt(row.blob)], {type});
        }
        return action;
    }
}
