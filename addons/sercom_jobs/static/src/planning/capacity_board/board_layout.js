/** Where every row and column of the board is, for the room there is. Without DOM. */
import {SCALES, TimeAxis, hourRange, rowOffsets, visibleRows} from "./board_geometry";
import {Placement} from "./board_placement";
import {RowPainter} from "./board_rows";

const WIDE = 900;
const NAMES = {wide: 200, narrow: 136};

export class BoardLayout {
    constructor(store) {
        this.store = store;
        this.rows = [];
        this.offsets = [0];
        this.key = "";
        this.now = 0;
    }

    /**
     * Lay the board out.
     *
     * @param {number} width of the whole, names and time line
     * @param {number} now the moment
     */
    update(width, now) {
        const {store} = this;
        const {model, shownScale: scale, settings} = store;
        this.now = now;
        this.scale = scale;
        this.isNarrow = width < WIDE;
        this.nameWidth = this.isNarrow ? NAMES.narrow : NAMES.wide;
        const room = Math.max(0, width - this.nameWidth);
        const range = settings.allHours ? [0, 24] : this._hours();
        const quiet = scale === "week" ? this._quietDays() : new Set();
        const key = [store.loads, scale, room, range, model.dates[0], ...quiet].join();
        if (key !== this.key) {
            this.key = key;
            this.axis = new TimeAxis({
                zone: model.zone,
                dates: model.dates,
                range,
                width: room,
                minColumn: SCALES[scale].minColumn,
                quiet,
            });
            this.painter = new RowPainter(model, this.axis, scale);
        }
        const collapsed = new Set(settings.collapsed);
        this.rows = model.rows({search: store.search, collapsed});
        this.offsets = rowOffsets(this.rows.map((row) => this.painter.height(row)));
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
