import {toBase64} from "./photo";
import {callServer, TooBigError} from "./server";

const WHOLE = 32 * 1024; // bytes up to which a photo is not cut
const SMALLEST = 8 * 1024;
const BIGGEST = 512 * 1024;
const WANTED = 1500; // milliseconds that a piece takes: what is smaller hardly waits for it
const PATIENCE = 20000;
const TIMES = 6; // how much longer than usual a piece may take

/** Sends photos in pieces, as big as the network carries; what came through is not sent again. */
export class Pieces {
    constructor() {
        this.size = WHOLE / 2;
        this.speed = 0; // bytes in a millisecond, of the last piece
        this.received = new Map(); // uuid → bytes
    }

    isCut(action) {
        return action.blob?.size > WHOLE;
    }

    /**
     * Send the photo of an action, so that only the action itself is left to be sent.
     *
     * @param {Object} action
     * @param {number} userId
     * @param {Function} onPiece awaited before each piece, with the part that has arrived: 0 to 1;
     *     to go no further, it answers `false`
     * @returns {Promise<boolean>} whether all of it arrived
     */
    async send({uuid, blob}, userId, onPiece) {
        let position = this.received.get(uuid) || 0;
        while (position < blob.size) {
            if ((await onPiece(position / blob.size)) === false) {
                return false;
            }
            const answer = await this._sendPiece(uuid, blob, position, userId);
            if (answer && answer.user_id !== userId) {
                return false;
            }
            position = answer ? answer.received : position;
            this.received.set(uuid, position);
        }
        await onPiece(1);
        return true;
    }

    /** The server's answer; nothing when the piece was too big for it. */
    async _sendPiece(uuid, blob, position, userId) {
        const piece = blob.slice(position, position + this.size);
        const data = await toBase64(piece);
        const start = performance.now();
        const usual = this.speed ? piece.size / this.speed : 0;
        try {
            const vals = {uuid, position, data, user_id: userId};
            const timeout = Math.max(PATIENCE, TIMES * usual);
            const answer = await callServer("put_piece", vals, {timeout});
            this.speed = piece.size / Math.max(performance.now() - start, 1);
            this._resize(this.speed * WANTED);
            return answer;
        } catch (error) {
            const isSmallest = this.size <= SMALLEST;
            this._resize(this.size / 2);
            if (!(error instanceof TooBigError) || isSmallest) {
                throw error;
            }
            return undefined;
        }
    }

    _resize(size) {
        this.size = Math.round(Math.min(Math.max(size, SMALLEST), BIGGEST));
    }
}
