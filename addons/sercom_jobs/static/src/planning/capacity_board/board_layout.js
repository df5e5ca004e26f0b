/** Where every row and column of the board is, for the room there is. Without DOM. */
import {hasTouch} from "@web/core/browser/feature_detection";
import {
    LOW_MONTH_COLUMN,
    SCALES,
    TimeAxis,
    hourRange,
    rowOffsets,
    visibleRows,
} from "./board_geometry";
import {Placement} from "./board_placement";
import {RowPainter} from "./board_rows";

const WIDE = 900;
const NAMES = {wide: 200, narrow: 136};
/** Of the window, what the heads of the columns take: `$o-scb-head`. */
const HEAD = 44;

export class BoardLayout {
    constructor(store) {
        this.store = store;
        this.rows = [];
        this.offsets = [0];
        this.key = "";
        this.isCompact = false;
        this.now = 0;
    }

    /**
     * Lay the board out.
     *
     * @param {number} width of the whole, names and time line
     * @param {number} height of the window
     * @param {number} now the moment
     */
    update(width, height, now) {
        const {model, shownScale: scale, settings, search} = this.store;
        this.now = now;
        this.scale = scale;
        this.isNarrow = width < WIDE;
        this.nameWidth = this.isNarrow ? NAMES.narrow : NAMES.wide;
        this._setAxis(Math.max(0, width - this.nameWidth));
        this.rows = model.rows({search, collapsed: new Set(settings.collapsed)});
        this._setCompact(height - HEAD);
        if (scale === "month") {
            this._setAxis(Math.max(0, width - this.nameWidth));
        }
        this.painter.setCompact(this.isCompact);
        this.offsets = rowOffsets(this.rows.map((row) => this.painter.height(row)));
    }

    /** The time line, for so many pixels; the same until something of it changes. */
    _setAxis(room) {
        const {store, scale} = this;
        const {model, settings} = store;
        const range = settings.allHours ? [0, 24] : this._hours();
        const quiet = scale === "week" ? this._quietDays() : new Set();
        const isLow = this.isCompact && scale === "month";
        const key = [store.loads, scale, room, range, model.dates[0], isLow, ...quiet].join();
        if (key !== this.key) {
            this.key = key;
            this.axis = new TimeAxis({
                zone: model.zone,
                dates: model.dates,
                range,
                width: room,
                minColumn: isLow ? LOW_MONTH_COLUMN : SCALES[scale].minColumn,
                quiet,
            });
            this.painter = new RowPainter(model, this.axis, scale);
        }
    }

    /**
     * Low rows when all people do not fit otherwise; where fingers take hold of blocks, only when
     * asked for. While one period is open rows become low and stay so: nothing jumps while one
     * works.
     */
    _setCompact(room) {
        const {settings, loads} = this.store;
        const key = [loads, this.scale, room, settings.compact, settings.collapsed].join();
        if (key !== this.compactKey) {
            this.compactKey = key;
            this.isCompact = false;
        }
        if (!this.isCompact) {
            const total = this.rows.reduce((sum, row) => sum + this.painter.height(row, false), 0);
            this.isCompact = settings.compact ?? (!hasTouch() && total > room);
        }
    }

    /** The range only widens while one period is open: nothing jumps while one works. */
    _hours() {
        const {model, loads} = this.store;
        if (this.hoursRevision !== model.revision) {
            const range = hourRange(model.spans(), model.zone);
            const isSame = this.hoursLoad === loads;
            this.hours = isSame
                ? [Math.min(range[0], this.hours[0]), Math.max(range[1], this.hours[1])]
                : range;
            this.hoursRevision = model.revision;
            this.hoursLoad = loads;
        }
        return this.hours;
    }

    /** Days on which nobody works and nothing is planned, as most Sundays. */
    _quietDays() {
        const {model} = this.store;
        const quiet = new Set(model.dates);
        quiet.delete(model.today);
        for (const employee of model.employees.values()) {
            for (const date of quiet) {
                const day = employee.dayByDate.get(date);
                if (day?.available || model.blocksByDate(employee).has(date)) {
                    quiet.delete(date);
                }
            }
        }
        return quiet;
    }

    get width() {
        return this.nameWidth + this.axis.width;
    }

    get height() {
        return this.offsets.at(-1);
    }

    get placement() {
        const {axis, scale, rows, offsets, now} = this;
        return new Placement({model: this.store.model, axis, scale, rows, offsets, now});
    }

    /** The rows in a window, and that of a person who must stay (they have the focus). */
    visible(top, height, keptId) {
        const [from, to] = visibleRows(this.offsets, top, height);
        const indexes = new Set();
        for (let index = from; index < to; index++) {
            indexes.add(index);
        }
        const kept = keptId ? this.indexOf(keptId) : -1;
        if (kept !== -1) {
            indexes.add(kept);
        }
        return [...indexes].map((index) => ({
            key: this.rows[index].key,
            view: this.painter.paint(this.rows[index]),
            top: this.offsets[index],
            height: this.offsets[index + 1] - this.offsets[index],
            index,
        }));
    }

    indexOf(employeeId) {
        return this.rows.findIndex((row) => row.employee?.id === employeeId);
    }

    /** Where the line of the present moment is; `null` when today does not show. */
    get nowLeft() {
        const column = this.axis.columnOf(this.store.model.zone.dateOf(this.now));
        if (!column || this.now < column.start || this.now > column.end) {
            return null;
        }
        return this.axis.x(this.now, column);
    }
}
