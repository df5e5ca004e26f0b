/**
 * Moments and days of the board.
 *
 * A moment is a number of milliseconds (UTC); a day is a text "YYYY-MM-DD" in some time zone. The
 * server sends moments as naive UTC text. Days of 23 and 25 hours come out right: nothing here
 * counts on a day having 24 hours.
 */
import {is24HourFormat} from "@web/core/l10n/time";
import {localization} from "@web/core/l10n/localization";
import {_t} from "@web/core/l10n/translation";

const {DateTime, IANAZone} = luxon;

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const WEEK_DAYS = 7;

/** The moment of the server's "YYYY-MM-DD HH:MM:SS". */
export function parseUtc(text) {
    return Date.UTC(
        text.slice(0, 4),
        text.slice(5, 7) - 1,
        text.slice(8, 10),
        text.slice(11, 13),
        text.slice(14, 16),
        text.slice(17, 19)
    );
}

/** The server's text of a moment, to the nearest second: a date would cut a fraction off. */
export function formatUtc(moment) {
    return new Date(Math.round(moment / 1000) * 1000).toISOString().slice(0, 19).replace("T", " ");
}

/** The nearest whole minute: nothing is planned to the second. */
export function toMinute(moment) {
    return Math.round(moment / MINUTE) * MINUTE;
}

/** The day `count` days after `date`. */
export function addDays(date, count) {
    return new Date(Date.parse(date) + count * DAY).toISOString().slice(0, 10);
}

/** The days from `from` (included) to `to` (excluded). */
export function listDays(from, to) {
    const days = [];
    for (let date = from; date < to; date = addDays(date, 1)) {
        days.push(date);
    }
    return days;
}

/** The first day of the week of `date`, as the user's language begins it. */
export function startOfWeek(date, weekStart = localization.weekStart) {
    const weekday = DateTime.fromISO(date).weekday;
    return addDays(date, -((weekday - weekStart + WEEK_DAYS) % WEEK_DAYS));
}

const dayTexts = new Map();

/** A day in words, in the user's language; kept, for a board says the same days often. */
export function formatDay(date, format) {
    const key = `${date} ${format}`;
    let text = dayTexts.get(key);
    if (text === undefined) {
        text = DateTime.fromISO(date).toFormat(format);
        dayTexts.set(key, text);
    }
    return text;
}

const dates = new Map();

/** The date of a number of days since 1970. */
function toDate(number) {
    let date = dates.get(number);
    if (date === undefined) {
        date = new Date(number * DAY).toISOString().slice(0, 10);
        dates.set(number, date);
    }
    return date;
}

/** A number of hours as people write it: "7.5", with the user's decimal point. */
export function formatHours(hours) {
    const text = String(Math.round(hours * 10) / 10);
    return text.replace(".", localization.decimalPoint);
}

const zones = new Map();

/** The zone of this name; an unknown name is UTC, as on the server. */
export function getZone(name) {
    if (!zones.has(name)) {
        zones.set(name, new Zone(name));
    }
    return zones.get(name);
}

/**
 * Wall clock of a time zone.
 *
 * Luxon knows the zones but is slow for 20,000 blocks: offsets are kept by quarter of an hour,
 * the finest step at which one changes.
 */
export class Zone {
    constructor(name) {
        this.name = name && IANAZone.isValidZone(name) ? name : "UTC";
        this.iana = IANAZone.create(this.name);
        this.offsets = new Map();
    }

    offset(moment) {
        const quarter = Math.floor(moment / (15 * MINUTE));
        let offset = this.offsets.get(quarter);
        if (offset === undefined) {
            offset = this.iana.offset(moment) * MINUTE;
            this.offsets.set(quarter, offset);
        }
        return offset;
    }

    /** The moment's wall clock, as if it were UTC. */
    wall(moment) {
        return moment + this.offset(moment);
    }

    dateOf(moment) {
        return toDate(Math.floor(this.wall(moment) / DAY));
    }

    /** Hours on the wall clock since midnight: 8.5 at 08:30. */
    hourOf(moment) {
        const wall = this.wall(moment);
        return (wall - Math.floor(wall / DAY) * DAY) / HOUR;
    }

    /** The moment of a wall clock; an hour that a clock change skips gives the one after it. */
    at(date, hour) {
        if (hour >= 24) {
            return this.at(addDays(date, 1), hour - 24);
        }
        const minutes = Math.round(hour * 60);
        return DateTime.fromISO(date, {zone: this.name})
            .set({hour: Math.floor(minutes / 60), minute: minutes % 60})
            .toMillis();
    }

    /** The same wall clock on another day. */
    onDay(moment, date) {
        return this.at(date, this.hourOf(moment));
    }

    /** The days that [start, end) touches. */
    days(start, end) {
        const first = this.dateOf(start);
        const last = this.dateOf(Math.max(start, end - 1));
        return first === last ? [first] : listDays(first, addDays(last, 1));
    }

    /** The nearest wall clock that is a multiple of `step` milliseconds. */
    snap(moment, step) {
        // Whole numbers only: what a pointer gives has a fraction, and loses a second with it.
        const offset = this.offset(moment);
        return Math.round((moment + offset) / step) * step - offset;
    }

    /**
     * @param {number} moment
     * @param {boolean} [isShort] where a letter counts: "8:30a"
     */
    formatTime(moment, isShort = false) {
        const date = new Date(this.wall(moment));
        const hour = date.getUTCHours();
        const minutes = String(date.getUTCMinutes()).padStart(2, "0");
        if (is24HourFormat()) {
            return `${hour}:${minutes}`;
        }
        const short = minutes === "00" ? "" : `:${minutes}`;
        const half = hour < 12 ? "am" : "pm";
        return `${hour % 12 || 12}${short}${isShort ? half[0] : half}`;
    }

    formatRange(start, end) {
        if (start < end && !this.hourOf(start) && !this.hourOf(end)) {
            return _t("All day");
        }
        return `${this.formatTime(start)} – ${this.formatTime(end)}`;
    }

    /** Whether clocks here and there show other times on those moments; names say nothing of it. */
    isElsewhere(other, ...moments) {
        return moments.some((moment) => this.offset(moment) !== other.offset(moment));
    }

    /** The zone's abbreviation on that moment: "EST". */
    abbreviation(moment) {
        return DateTime.fromMillis(moment, {zone: this.name}).toFormat("ZZZZ");
    }
}
