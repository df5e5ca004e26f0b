import {_t} from "@web/core/l10n/translation";

import {toText} from "./format";
import {Holds} from "./holds";
import {Lane} from "./lane";
import {toBase64} from "./photo";
import {getAge} from "./phone_clock";
import {Pieces} from "./pieces";
import {callServer, NoNetworkError, RefusedError, SignedOutError, TooBigError} from "./server";

const BATCH = 20;
const LOCK = "sercom_my_day_outbox";
const TOO_BIG = () => _t("The server takes nothing of this size. Tell the office.");

/**
 * What was done on the phone and has not reached the server, in the order in which it happened.
 *
 * Photos have a lane of their own: nothing but the completion of their job waits for them.
 *
 * How it works: an action is on the disk before the screen shows it. It is sent until the server
 * says what became of it; the server takes each number (`uuid`) once, so that sending again after
 * a lost answer does no harm. What the server refuses stays here until the technician has read it.
 */
export class Outbox {
    /**
     * @param {Storage} storage of the user
     * @param {Object} on `change(actions)`, `done(action, message)`, `refused(action)`, `sent()`,
     *     `state(name)`, `progress(uuid, part)`
     */
    constructor(storage, on) {
        this.storage = storage;
        this.userId = storage.userId;
        this.on = on;
        this.actions = [];
        this.foreign = 0; // how many wait on this phone that are of others
        this.sending = []; // those that are on their way now
        this.pieces = new Pieces();
        const onFailure = (error) => this._failed(error);
        this.small = new Lane(LOCK, () => this._sendSmall(), onFailure);
        this.photos = new Lane(`${LOCK}_photos`, () => this._sendPhotos(), onFailure);
        this.positions = new Map(); // uuid → promise of where the phone is
        this.holds = new Holds(() => {
            this.on.change(this.actions);
            this.flush();
        });
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
     * @param {number} [hold] milliseconds in which it can be taken back
     */
    async add(vals, position, hold) {
        const action = {
            moment: toText(new Date()),
            ...vals,
            uuid: crypto.randomUUID(),
        };
        action.seq = await this._keep(action);
        if (hold) {
            this.holds.hold(action.uuid, hold);
        }
        this.actions.push(action);
        if (position) {
            this.positions.set(action.uuid, position);
        }
        this.on.change(this.actions);
        if (action.kind === "complete") {
            this.sendAll(); // it waits for the photos of its job
        } else {
            this.flush();
        }
        return action;
    }

    /** Change what waits and is not on its way. */
    async change(action, vals) {
        Object.assign(action, vals);
        await this._update(action);
        this.on.change(this.actions);
    }

    /** Keep an action on the disk; one that is full leaves it in the page, to be sent from there. */
    async _keep(action) {
        try {
            return await this.storage.addToOutbox(action);
        } catch (error) {
            await action.blob?.arrayBuffer(); // of one that cannot be read there is nothing to send
            this.storage.onFull(error);
            return undefined;
        }
    }

    async _update(action) {
        if (action.seq) {
            await this.storage.updateInOutbox(action);
        }
    }

    async _remove(action) {
        if (action.seq) {
            await this.storage.removeFromOutbox(action.seq);
        }
    }

    /** Forget an action; `false` when it is on its way already. */
    async dismiss(action) {
        if (this.sending.includes(action)) {
            return false;
        }
        this.holds.hold(action.uuid); // it must not leave meanwhile
        await this._remove(action);
        this._forget(action);
        return true;
    }

    /** Send what was refused once more: as a new action, at the moment it happened. */
    async retry(action) {
        const again = {...action, uuid: crypto.randomUUID()};
        delete again.message;
        await this._update(again);
        this.actions.splice(this.actions.indexOf(action), 1, again);
        this.on.change(this.actions);
        this.flush();
    }

    /** Send all that waits: what is small in order, photos beside it. */
    flush() {
        return Promise.all([this.small.run(), this.photos.run()]);
    }

    /** Send also what could still be taken back. */
    sendAll() {
        this.holds.stop();
        return this.flush();
    }

    /** Promise of the end of what is being sent now. */
    get flushing() {
        const {small, photos} = this;
        return small.running || photos.running
            ? Promise.all([small.running, photos.running])
            : undefined;
    }

    get isStopped() {
        return this.small.isStopped;
    }

    /** Send nothing any more. */
    stop() {
        this.small.stop();
        this.photos.stop();
        this.holds.stop();
    }

    _failed(error) {
        if (error instanceof SignedOutError) {
            this.on.state("signed_out");
        } else if (error instanceof NoNetworkError) {
            this.on.state("no_network");
        } else {
            this.on.state("failing");
            reportError(error);
        }
    }

    async _sendSmall() {
        await this._dropSentElsewhere();
        let hasSent = false;
        for (let batch; !this.isStopped && (batch = this._nextBatch()).length; hasSent = true) {
            if (!(await this._sendBatch(batch))) {
                return;
            }
        }
        if (hasSent) {
            this.on.sent();
        }
    }

    async _sendPhotos() {
        await this._dropSentElsewhere();
        let hasSent = false;
        for (let photo; (photo = await this._nextPhoto()); hasSent = true) {
            const isStuck = this.pieces.isCut(photo) && !(await this._sendPieces(photo));
            if (this._isSendable(photo) && (isStuck || !(await this._sendBatch([photo])))) {
                return;
            }
        }
        if (hasSent) {
            this.on.sent();
            await this.small.run(); // a completion may have waited for it
        }
    }

    async _sendPieces(photo) {
        try {
            return await this.pieces.send(photo, this.userId, async (part) => {
                this.on.progress?.(photo.uuid, part);
                await this.small.running; // what is small goes first
                return !this.isStopped && this._isSendable(photo);
            });
        } catch (error) {
            if (error instanceof TooBigError || error instanceof RefusedError) {
                const message = error.message || TOO_BIG();
                await this._take({uuid: photo.uuid, status: "refused", message});
                this.photos.isAgain = true;
                return false;
            }
            throw error;
        }
    }

    /** Send some actions in one request; whether the server took them as the user's. */
    async _sendBatch(batch) {
        this.sending.push(...batch);
        let answer;
        try {
            const payload = [];
            for (const action of batch) {
                payload.push(await this._toPayload(action));
            }
            answer = await this._send(batch, payload);
        } finally {
            this.sending = this.sending.filter((action) => !batch.includes(action));
        }
        if (answer.user_id !== this.userId) {
            this.on.state("other_user");
            return false;
        }
        this.on.state("online");
        for (const result of answer.results) {
            await this._take(result);
        }
        return true;
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
            const result = {uuid: batch[0].uuid, status: "refused", message: TOO_BIG()};
            return {user_id: this.userId, results: [result]};
        }
    }

    /** Another open page of this phone may have sent some of them meanwhile. */
    async _dropSentElsewhere() {
        const kept = new Set(await this.storage.listOwnSeqs());
        const left = this.actions.filter((action) => !action.seq || kept.has(action.seq));
        if (left.length !== this.actions.length) {
            this.actions = left;
            this.on.change(this.actions);
        }
    }

    /**
     * The next actions that fit into one request, photos apart.
     *
     * A completion waits for the photos of its job, and what was done there later waits for it;
     * punches wait for nothing.
     */
    _nextBatch() {
        const isBlocked = new Set(); // jobs
        const hasPhoto = new Set();
        const batch = [];
        for (const action of this.waiting) {
            const {kind, job_id: jobId} = action;
            if (action.blob) {
                hasPhoto.add(jobId);
            } else if (kind === "complete" && hasPhoto.has(jobId)) {
                isBlocked.add(jobId);
            } else if (this.holds.has(action.uuid)) {
                continue;
            } else if (kind === "punch" || !isBlocked.has(jobId)) {
                batch.push(action);
            }
        }
        return batch.slice(0, BATCH);
    }

    /** The next photo, once what is small is gone: also where both lanes try again by themselves. */
    async _nextPhoto() {
        const find = () => this.waiting.find((action) => action.blob && this._isSendable(action));
        if (find() && this._nextBatch().length) {
            await (this.small.running || this.small.run());
        }
        return this.isStopped ? undefined : find();
    }

    /** Whether an action is there still, and may be sent now. */
    _isSendable(action) {
        return this.actions.includes(action) && !this.holds.has(action.uuid);
    }

    async _toPayload(action) {
        const position = await this.positions.get(action.uuid);
        this.positions.delete(action.uuid);
        if (position) {
            Object.assign(action, position);
            await this._update(action);
        }
        const payload = {...action};
        delete payload.seq;
        delete payload.blob;
        delete payload.draft;
        delete payload.draft_of;
        delete payload.place;
        delete payload.clock;
        payload.age = getAge(action);
        if (this.pieces.isCut(action)) {
            payload.size = action.blob.size;
        } else if (action.blob) {
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
            await this._remove(action);
            this.on.done(action, result.message);
            this._forget(action);
        } else {
            action.isProposed = Boolean(result.is_proposed); // the office has it
            if (!action.isProposed) {
                this.on.refused(action);
            }
            action.message = result.message || "?";
            await this._update(action);
            this.on.change(this.actions);
        }
    }

    _forget(action) {
        this.holds.drop(action.uuid);
        this.actions = this.actions.filter((other) => other !== action);
        this.on.change(this.actions);
    }
}
