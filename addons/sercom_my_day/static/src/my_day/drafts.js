import {markRaw} from "@odoo/owl";

const CHANNEL = "sercom_my_day_drafts";
const KEPT = "draft:"; // before the key of each one that is kept

/**
 * What is typed, drawn and not sent yet, by job and field.
 *
 * An action carries what it takes out of here (`draft`), so that a refusal gives it back; one that
 * is not typed on its job says where (`draft_of`).
 * Each one is kept by itself, and told to the other tabs of the page: none writes over another's.
 */
export class Drafts {
    constructor(storage) {
        this.storage = markRaw(storage);
        this.texts = {};
        // Older phones have none: there each tab shows its own until it is opened again.
        this.channel = window.BroadcastChannel && markRaw(new BroadcastChannel(CHANNEL));
    }

    async load() {
        if (this.channel) {
            this.channel.onmessage = ({data}) => this._take(data);
        }
        this.texts = await this.storage.readAll(KEPT);
    }

    get(jobId, field) {
        return this.texts[`${jobId}:${field}`];
    }

    set(jobId, field, text) {
        this.texts[`${jobId}:${field}`] = text;
        this._save(`${jobId}:${field}`);
    }

    drop(jobId, ...fields) {
        for (const field of fields) {
            delete this.texts[`${jobId}:${field}`];
            this._save(`${jobId}:${field}`);
        }
    }

    /** Jobs on which something is typed. */
    listJobIds() {
        const ids = Object.keys(this.texts).map((key) => Number(key.split(":")[0]));
        return [...new Set(ids.filter(Boolean))];
    }

    /** Fields of a job in which something is typed. */
    listFields(jobId) {
        const start = `${jobId}:`;
        const keys = Object.keys(this.texts).filter((key) => key.startsWith(start));
        return keys.map((key) => key.slice(start.length));
    }

    /** Give back what a refused action had taken, as far as nothing else was typed meanwhile. */
    restore({job_id, draft_of: jobId = job_id, draft = {}}) {
        const lost = Object.entries(draft).filter(([field]) => !this.get(jobId, field));
        for (const [field, text] of lost) {
            this.set(jobId, field, text);
        }
    }

    /** Drop what an action takes with it, unless more was typed meanwhile. */
    settle({job_id, draft_of: jobId = job_id, draft = {}}) {
        const isSame = ([field, text]) => this.get(jobId, field) === text;
        const fields = Object.entries(draft).filter(isSame);
        if (fields.length) {
            this.drop(jobId, ...fields.map(([field]) => field));
        }
    }

    /** What was typed in another tab shows in this one. */
    _take({userId, key, text}) {
        if (userId !== this.storage.userId) {
            return;
        }
        if (text === undefined) {
            delete this.texts[key];
        } else {
            this.texts[key] = text;
        }
    }

    _save(key) {
        const {storage} = this;
        const text = this.texts[key];
        this.channel?.postMessage({userId: storage.userId, key, text});
        // One after the other: the last one that was typed is the one that stays.
        const write = () =>
            text === undefined ? storage.drop(KEPT + key) : storage.write(KEPT + key, text);
        this.saving = Promise.resolve(this.saving).then(write);
    }
}
