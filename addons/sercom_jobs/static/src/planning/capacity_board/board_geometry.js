/**
 * Where things lie on the board, in pixels of the time line (its left edge is 0).
 *
 * Three scales: a day by hours, a week and four weeks by days. In the last two a column is a day,
 * and the hours of `range` lie across its width too.
 */
import {HOUR, MINUTE} from "./board_time";

export const SCALES = {
    day: {days: 1, minColumn: 620, step: 15 * MINUTE},
    week: {days: 7, minColumn: 104, step: 30 * MINUTE},
    month: {days: 28, minColumn: 41, step: 30 * MINUTE},
};
/** Where rows are low a day of four weeks says no hour. */
export const LOW_MONTH_COLUMN = 30;
const DEFAULT_RANGE = [7, 18];
const EDGE = 48;
const MAX_SPEED = 18;

/** A day on which nobody works and nothing is planned needs little room. */
const QUIET_WIDTH = 44;

/** The time line: its columns, and the way from a moment to a pixel and back. */
export class TimeAxis {
    /**
     * @param {Object} params
     * @param {Zone} params.zone the zone whose days the columns are
     * @param {string[]} params.dates
     * @param {[number, number]} params.range first and last hour that show
     * @param {number} params.width pixels there are; fewer than a column needs are not used
     * @param {number} params.minColumn
     * @param {Set<string>} [params.quiet] days that may be narrow
     */
    constructor({zone, dates, range, width, minColumn, quiet = new Set()}) {
        this.zone = zone;
        this.range = range;
        const narrow = dates.filter((date) => quiet.has(date)).length;
        const hasQuiet = narrow > 0 && narrow < dates.length && QUIET_WIDTH < minColumn;
        const room = hasQuiet ? width - narrow * QUIET_WIDTH : width;
        const share = Math.floor(room / (hasQuiet ? dates.length - narrow : dates.length));
        this.columnWidth = Math.max(minColumn, share);
        let left = 0;
        this.columns = dates.map((date, index) => {
            const isQuiet = hasQuiet && quiet.has(date);
            const column = {
                ...{date, index, left, isQuiet},
                width: isQuiet ? QUIET_WIDTH : this.columnWidth,
                start: zone.at(date, range[0]),
                end: zone.at(date, range[1]),
            };
            left += column.width;
            return column;
        });
        this.width = left;
        this.indexByDate = new Map(dates.map((date, index) => [date, index]));
    }

    columnOf(date) {
        return this.columns[this.indexByDate.get(date)];
    }

    columnAt(x) {
        return this.columns.findLast(({left}) => left <= x) || this.columns[0];
    }

    /** Pixel of a moment, held within its column. */
    x(moment, column = this.columns[0]) {
        const share = (moment - column.start) / (column.end - column.start);
        return column.left + Math.max(0, Math.min(1, share)) * column.width;
    }

    /** Left and width of a span in a column; `null` when none of it shows. */
    span(start, end, column = this.columns[0]) {
        if (end <= column.start || start >= column.end) {
            return null;
        }
        const left = this.x(start, column);
        return {left, width: this.x(end, column) - left};
    }

    momentAt(x, column = this.columns[0]) {
        const share = (x - column.left) / column.width;
        return column.start + share * (column.end - column.start);
    }

    /** Milliseconds of one pixel of a day that has its full width. */
    get pixel() {
        const {start, end} = this.columns[0];
        return (end - start) / this.columnWidth;
    }

    /** The hours to write above a day's column: one for each hour that passes. */
    hours(column = this.columns[0]) {
        const hours = [];
        for (let moment = column.start; moment < column.end; moment += HOUR) {
            hours.push({moment, left: this.x(moment, column)});
        }
        return hours;
    }
}

/**
 * The hours of the day that must show: those in `spans`, and an ordinary working day's.
 *
 * @param {Iterable<[number, number]>} spans moments
 * @param {Zone} zone
 */
export function hourRange(spans, zone) {
    let [first, last] = DEFAULT_RANGE;
    for (const [start, end] of spans) {
        const from = zone.hourOf(start);
        const to = zone.hourOf(end) || 24;
        if (to <= from) {
            // Over midnight.
            return [0, 24];
        }
        first = Math.min(first, Math.floor(from));
        last = Math.max(last, Math.ceil(to));
    }
    return [first, last];
}

/**
 * Put blocks that overlap one below the other.
 *
 * @param {{start: number, end: number}[]} blocks sorted by start
 * @returns {{lanes: number[], count: number}} the lane of each, and how many there are
 */
export function assignLanes(blocks) {
    const ends = [];
    const lanes = blocks.map(({start, end}) => {
        let lane = ends.findIndex((laneEnd) => laneEnd <= start);
        lane = lane === -1 ? ends.length : lane;
        ends[lane] = end;
        return lane;
    });
    return {lanes, count: Math.max(1, ends.length)};
}

/** Running sums: where each row begins, and at the end where the last one ends. */
export function rowOffsets(heights) {
    const offsets = [0];
    for (const height of heights) {
        offsets.push(offsets.at(-1) + height);
    }
    return offsets;
}

/** Index of the row at this height; the nearest when it is outside. */
export function rowAt(offsets, y) {
    let low = 0;
    let high = offsets.length - 2;
    while (low < high) {
        const middle = (low + high + 1) >> 1;
        if (offsets[middle] <= y) {
            low = middle;
        } else {
            high = middle - 1;
        }
    }
    return low;
}

/** First and last row (excluded) to draw for a window of `height` pixels at `top`. */
export function visibleRows(offsets, top, height, margin = 300) {
    if (offsets.length < 2) {
        return [0, 0];
    }
    return [rowAt(offsets, top - margin), rowAt(offsets, top + height + margin) + 1];
}

/** How fast to scroll while something is dragged near an edge: pixels per frame. */
export function edgeSpeed(position, from, to) {
    if (position < from + EDGE) {
        return -Math.ceil(MAX_SPEED * Math.min(1, (from + EDGE - position) / EDGE));
    }
    if (position > to - EDGE) {
        return Math.ceil(MAX_SPEED * Math.min(1, (position - to + EDGE) / EDGE));
    }
    return 0;
}

/** How loaded a day is: the word that colours, shapes and tests go by. */
export function loadLevel(booked, available) {
    if (booked > available + 0.01) {
        return "over";
    }
    if (!available) {
        return "none";
    }
    if (booked >= available * 0.9) {
        return "full";
    }
    return booked ? "part" : "free";
}
