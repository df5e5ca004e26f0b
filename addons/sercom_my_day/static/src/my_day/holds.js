/** Actions that wait some seconds before they are sent, so that they can be taken back. */
export class Holds {
    /**
     * @param {Function} onRelease gets nothing: something may be sent now
     */
    constructor(onRelease) {
        this.onRelease = onRelease;
        this.held = new Map(); // uuid → {end, timer}
    }

    /** Hold an action for some milliseconds; without them, until it is released. */
    hold(uuid, time) {
        this.drop(uuid);
        const timer = time === undefined ? 0 : setTimeout(() => this.release(uuid), time);
        const end = time === undefined ? Infinity : Date.now() + time;
        this.held.set(uuid, {end, timer});
    }

    has(uuid) {
        return this.held.has(uuid);
    }

    /** Whole seconds until an action is sent. */
    getSeconds(uuid, now) {
        return Math.max(Math.round(((this.held.get(uuid)?.end ?? now) - now) / 1000), 0);
    }

    /** Let these actions be sent, or all of them. */
    release(...uuids) {
        for (const uuid of uuids.length ? uuids : [...this.held.keys()]) {
            this.drop(uuid);
        }
        this.onRelease();
    }

    drop(uuid) {
        clearTimeout(this.held.get(uuid)?.timer);
        this.held.delete(uuid);
    }

    stop() {
        [...this.held.keys()].forEach((uuid) => this.drop(uuid));
    }
}
