const LONGEST_WAIT = 60000; // milliseconds between two tries

/**
 * Sends what waits: once at a time, in one page of the phone at a time, and again after a failure.
 */
export class Lane {
    /**
     * @param {string} name of the lock between the pages
     * @param {Function} send sends all that waits; throws when that fails
     * @param {Function} onFailure gets the error
     */
    constructor(name, send, onFailure) {
        Object.assign(this, {name, send, onFailure, failures: 0});
    }

    run() {
        clearTimeout(this.timer);
        if (this.isStopped) {
            return Promise.resolve();
        }
        if (this.running) {
            this.isAgain = true;
        } else {
            this.running = this._run().finally(() => (this.running = undefined));
        }
        return this.running;
    }

    /** Send nothing any more. */
    stop() {
        this.isStopped = true;
        clearTimeout(this.timer);
    }

    async _run() {
        try {
            do {
                this.isAgain = false;
                const {send} = this;
                await (navigator.locks ? navigator.locks.request(this.name, send) : send());
            } while (this.isAgain);
            this.failures = 0;
        } catch (error) {
            this.failures += 1;
            this.onFailure(error);
            if (!this.isStopped) {
                const wait = Math.min(2500 * 2 ** this.failures, LONGEST_WAIT);
                this.timer = setTimeout(() => this.run(), wait);
            }
        }
    }
}
