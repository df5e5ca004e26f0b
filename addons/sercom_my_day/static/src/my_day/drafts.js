import {markRaw} from "@odoo/owl";

/**
 * What is typed, drawn and not sent yet, by job and field.
 *
 * An action carries what it takes out of here (`draft`), so that a refusal gives it back; one that
 * is not typed on its job says where (`draft_of`).
 */
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

    _save() {
        this.storage.write("drafts", {...this.texts});
    }
}
