import {_t} from "@web/core/l10n/translation";

import {toText} from "./format";
import {toBase64} from "./photo";
import {callServer, NoNetworkError, SignedOutError, TooBigError} from "./server";

const BATCH = 20;
const LONGEST_WAIT = 60000; // milliseconds between two tries
const LOCK = "sercom_my_day_outbox";

/**
 * What was done on the phone and has not reached the server, in the order in which it happened.
 *
 * How it works: an action is on the disk before the screen shows it. It is sent until the server
 * says what became of it; the server takes each number (`uuid`) once, so that sending again after
 * a lost answer does no harm. What the server refuses stays here until the technician has read it.
 */
export class Outbox {
    /**
     * @param {Storage} storage of the user
     * @param {Object} on `change(actions)`, `done(action, message)`, `refused(action)`, `sent()`,
     *     `state(name)`
     */
    constructor(storage, on) {
        this.storage = storage;
        this.userId = storage.userId;
        this.on = on;
        this.actions = [];
        this.foreign = 0; // how many wait on this phone that are of others
        this.failures = 0;
        this.positions = new Map(); // uuid → promise of where the phone is
    }

    async load() {
        Object.assign(this, await this.storage.listOutbox());
        this.on.change(this.actions);
    }

    get waiting() {
        return this.actions.filter((action) => !action.message);
    }

    /**
     * Keep an action, and send it as soon as possible.
     *
     * @param {Object} vals `kind` and what it asks for; `draft` stays on the phone, to be given back
     * @param {Promise} [position] of where the phone is, which the action may wait for a little
     */
    async add(vals, position) {
        const action = {
            moment: toText(new Date()),
            ...vals,
            uuid: crypto.randomUUID(),
        };
        action.seq = await this.storage.addToOutbox(action);
        this.actions.push(action);
        if (position) {
            this.positions.set(action.uuid, position);
        }
        this.on.change(this.actions);
        this.flush();
        return action;
    }

    async dismiss(action) {
        await this.storage.removeFromOutbox(action.seq);
        this._forget(action);
    }

    /** Send what was refused once more: as a new action, at the moment it happened. */
    async retry(action) {
        const again = {...action, uuid: crypto.randomUUID()};
        delete again.message;
        await this.storage.updateInOutbox(again);
        this.actions.splice(this.actions.indexOf(action), 1, again);
        this.on.change(this.actions);
        this.flush();
    }

    /** Send all that waits, in order; once at a time, in one page at a time. */
    flush() {
        clearTimeout(this.timer);
        if (this.isStopped) {
            return Promise.resolve();
        }
        if (this.flushing) {
            this.isAgain = true;
        } else {
            this.flushing = this._flush().finally(() => (this.flushing = undefined));
        }
        return this.flushing;
    }

    async _flush() {
        try {
            do {
                this.isAgain = false;
                const send = () => this._sendAll();
                await (navigator.locks ? navigator.locks.request(LOCK, send) : send());
            } while (this.isAgain);
            this.failures = 0;
        } catch (error) {
            this._failed(error);
        }
    }

    /** Send nothing any more. */
    stop() {
        this.isStopped = true;
        clearTimeout(this.timer);
    }

    _failed(error) {
        this.failures += 1;
        if (error instanceof SignedOutError) {
            this.on.state("signed_out");
        } else if (error instanceof NoNetworkError) {
            this.on.state("no_network");
        } else {
            this.on.state("failing");
            reportError(error);
        }
        if (!this.isStopped) {
            const wait = Math.min(2500 * 2 ** this.failures, LONGEST_WAIT);
            this.timer = setTimeout(() => this.flush(), wait);
        }
    }

    async _sendAll() {
        await this._dropSentElsewhere();
        let hasSent = false;
        while (this.waiting.length && !this.isStopped) {
            const batch = this._nextBatch();
            const payload = [];
            for (const action of batch) {
                payload.push(await this._toPayload(action));
            }
            const answer = await this._send(batch, payload);
            if (answer.user_id !== this.userId) {
                this.on.state("other_user");
                return;
            }
            this.on.state("online");
            for (const result of answer.results) {
                await this._take(result);
            }
            hasSent = true;
        }
        if (hasSent) {
            this.on.sent();
        }
    }

    /** What the server answers to some actions; one that is too big for it is refused here. */
    async _send(batch, actions) {
        const sent = toText(new Date());
        try {
            return await callServer("sync", {actions, sent, user_id: this.userId});
        } catch (error) {
            if (!(error instanceof TooBigError) || batch.length > 1) {
                throw error;
            }
            const message = _t("The server takes nothing of this size. Tell the office.");
            const result = {uuid: batch[0].uuid, status: "refused", message};
            return {user_id: this.userId, results: [result]};
        }
    }

    /** Another open page of this phone may have sent some of them meanwhile. */
    async _dropSentElsewhere() {
        const kept = new Set(await this.storage.listOwnSeqs());
        const left = this.actions.filter((action) => kept.has(action.seq));
        if (left.length !== this.actions.length) {
            this.actions = left;
            this.on.change(this.actions);
        }
    }

    /** The next actions that fit into one request: a photo goes by itself. */
    _nextBatch() {
        const waiting = this.waiting;
        if (waiting[0].blob) {
            return waiting.slice(0, 1);
        }
        const photo = waiting.findIndex((action) => action.blob);
        return waiting.slice(0, Math.min(BATCH, photo < 0 ? BATCH : photo));
    }

    async _toPayload(action) {
        const position = await this.positions.get(action.uuid);
        this.positions.delete(action.uuid);
        if (position) {
            Object.assign(action, position);
            await this.storage.updateInOutbox(action);
        }
        const payload = {...action};
        delete payload.seq;
        delete payload.blob;
        delete payload.draft;
        delete payload.place;
        if (action.blob) {
            payload.image = await toBase64(action.blob);
        }
        return payload;
    }

    async _take(result) {
        const action = this.actions.find((other) => other.uuid === result.uuid);
        if (!action) {
            return;
        }
        if (result.status === "done") {
            await this.storage.removeFromOutbox(action.seq);
            this.on.done(action, result.message);
            this._forget(action);
        } else {
            action.isProposed = Boolean(result.is_proposed); // the office has it
            if (!action.isProposed) {
                this.on.refused(action);
            }
            action.message = result.message || "?";
            await this.storage.updateInOutbox(action);
            this.on.change(this.actions);
        }
    }

    _forget(action) {
        this.actions = this.actions.filter((other) => other !== action);
        this.on.change(this.actions);
    }
}
