const SURE = 60000; // milliseconds that two clocks may drift apart
const PAGE = crypto.randomUUID();

/**
 * What can be said of the phone's clock, which anybody may set at any time.
 *
 * Beside it runs one that nobody sets (`performance.now`), though it may stand still while the
 * phone sleeps, and begins anew with each page. Where both went on alike since the server told the
 * time, the phone's error is sure. The server judges the rest.
 */
export class PhoneClock {
    /** @param {number} offset milliseconds that the server is ahead, as was known before */
    constructor(offset) {
        this.offset = offset;
        this.gap = null; // between the two clocks when the server told the time
    }

    static getGap() {
        return Date.now() - performance.now();
    }

    /** The server told its time just now. */
    learn(offset) {
        this.offset = offset;
        this.gap = PhoneClock.getGap();
    }

    /** What an action keeps of the moment in which it is made. */
    stamp() {
        const gap = this.gap === null ? Infinity : Math.abs(PhoneClock.getGap() - this.gap);
        return {
            offset: this.offset === undefined ? undefined : Math.round(this.offset / 1000),
            is_offset_sure: gap < SURE,
            clock: {page: PAGE, mono: performance.now()},
        };
    }
}

/** Seconds since an action was made, by the clock that nobody sets; `undefined` of another page. */
export function getAge({clock}) {
    return clock?.page === PAGE ? Math.round((performance.now() - clock.mono) / 1000) : undefined;
}
