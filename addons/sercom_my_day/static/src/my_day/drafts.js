import {markRaw} from "@odoo/owl";

/** What is typed and not sent yet, by job and field. */
export class Drafts {
    constructor(storage) {
        this.storage = markRaw(storage);
        this.texts = {};
    }

    async load() {
        this.texts = (await this.storage.read("drafts")) || {};
    }

    get(jobId, field) {
        return this.texts[`${jobId}:${field}`];
    }

    set(jobId, field, text) {
        this.texts[`${jobId}:${field}`] = text;
        this._save();
    }

    drop(jobId, ...fields) {
        for (const field of fields) {
            delete this.texts[`${jobId}:${field}`];
        }
        this._save();
    }

    _save() {
        this.storage.write("drafts", {...this.texts});
    }
}
