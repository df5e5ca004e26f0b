/**
 * What a row shows, worked out from the data: texts, classes and pixels, ready for the template.
 *
 * A row is worked out when it comes into sight, and kept until its person, the scale or the width
 * changes.
 */
import {_t} from "@web/core/l10n/translation";
import {assignLanes, loadLevel} from "./board_geometry";
import {
    appointmentFlags,
    appointmentSentence,
    appointmentStatus,
    blockFlags,
    blockSentence,
    blockStatus,
    loadLabel,
    windowText,
} from "./board_labels";
import {formatDay} from "./board_time";

export const TEAM_HEIGHT = 30;
const LOW_TEAM_HEIGHT = 22;
const WEEKDAYS = "sunday monday tuesday wednesday thursday friday saturday".split(" ");
const TIGHT = 130;
const LANE = {high: 46, low: 32};
const LANE_GAP = {high: 4, low: 3};
export const CELLS = {
    week: {chip: 23, head: 28, most: 8},
    month: {chip: 17, head: 32, most: 3},
};
/** Low rows: the chips of a day are side by side. Below these widths a chip leaves words out. */
const LOW_CELL = 39;
const LOW_CHIP = {room: 34, time: 62, words: 84, month: 12};

/** Draws the rows of a board in one scale, for one width of the time line. */
export class RowPainter {
    /**
     * @param {BoardModel} model
     * @param {TimeAxis} axis
     * @param {"day"|"week"|"month"} scale
     */
    constructor(model, axis, scale) {
        Object.assign(this, {model, axis, scale});
        this.kept = new Map();
        // Chips of narrow days say the hour shortly, and show the most serious sign alone.
        this.isTight = scale !== "day" && axis.columnWidth < TIGHT;
        this.isCompact = false;
    }

    setCompact(isCompact) {
        if (isCompact !== this.isCompact) {
            this.isCompact = isCompact;
            this.kept.clear();
        }
    }

    height(row, isCompact = this.isCompact) {
        if (row.type === "team") {
            return isCompact ? LOW_TEAM_HEIGHT : TEAM_HEIGHT;
        }
        const {employee} = row;
        if (this.scale === "day") {
            const size = isCompact ? "low" : "high";
            return assignLanes(this._dayBlocks(employee)).count * LANE[size] + 2 * LANE_GAP[size];
        }
        if (isCompact) {
            return LOW_CELL;
        }
        const {chip, head, most} = CELLS[this.scale];
        const buckets = this.model.blocksByDate(employee);
        let chips = this.scale === "week" ? 2 : 1;
        for (const {date} of this.axis.columns) {
            const count = Math.min(buckets.get(date)?.length || 0, most + 1);
            const off = employee.dayByDate.get(date)?.off ? 1 : 0;
            chips = Math.max(chips, count + off);
        }
        return head + chips * chip + 6;
    }

    paint(row) {
        const revision = row.type === "team" ? this.model.revision : row.employee.revision;
        const kept = this.kept.get(row.key);
        if (kept?.revision === revision && kept.folded === row.folded) {
            return kept.view;
        }
        const view = row.type === "team" ? this._paintTeam(row) : this._paintEmployee(row.employee);
        this.kept.set(row.key, {revision, folded: row.folded, view});
        return view;
    }

    _paintTeam({team, folded}) {
        const cells = this.axis.columns.map(({date, left, width}) => ({
            ...{date, left, width},
            ...this._load(team.employees, [date]),
        }));
        return {
            type: "team",
            id: team.id,
            name: team.name || _t("No team"),
            count: team.employees.length,
            folded,
            ...this._load(team.employees, this.model.dates),
            cells,
        };
    }

    _load(employees, dates) {
        const load = this.model.load(employees, dates);
        const level = loadLevel(load.booked, load.available);
        const percent = load.available ? (100 * load.booked) / load.available : 0;
        return {
            load: loadLabel(load, this.scale === "month" && dates.length === 1),
            level,
            percent: Math.min(100, Math.round(level === "over" ? 100 : percent)),
        };
    }

    _paintEmployee(employee) {
        const {columns} = this.axis;
        const noon = columns[0].start;
        const isElsewhere = employee.zone.isElsewhere(this.model.zone, noon, columns.at(-1).end);
        return {
            type: "employee",
            id: employee.id,
            name: employee.name,
            isLeader: employee.is_leader,
            zone: isElsewhere ? employee.zone.abbreviation(noon) : "",
            skills: employee.skills.join(", "),
            ...this._load([employee], this.model.dates),
            ...(this.scale === "day" ? this._paintDay(employee) : this._paintCells(employee)),
        };
    }

    _dayBlocks(employee) {
        const [{start, end}] = this.axis.columns;
        return this.model.items(employee).filter((block) => block.end > start && block.start < end);
    }

    _paintDay(employee) {
        const blocks = this._dayBlocks(employee);
        const {lanes, count} = assignLanes(blocks);
        const size = this.isCompact ? "low" : "high";
        return {
            lanes: count,
            work: this._spans(employee.work),
            off: this._spans(employee.off),
            blocks: blocks.map((block, index) => ({
                ...this._item(block, employee),
                ...this.axis.span(block.start, block.end),
                top: LANE_GAP[size] + lanes[index] * LANE[size],
                height: LANE[size] - 4,
            })),
        };
    }

    _spans(list) {
        const spans = [];
        for (const [start, end, label] of list) {
            const span = this.axis.span(start, end);
            if (span) {
                spans.push({...span, label});
            }
        }
        return spans;
    }

    _paintCells(employee) {
        const buckets = this.model.blocksByDate(employee);
        const cells = this.axis.columns.map((column) => {
            const day = employee.dayByDate.get(column.date);
            const blocks = buckets.get(column.date) || [];
            const most = this._most(column);
            const isLong = blocks.length > most + (this.isCompact ? 0 : 1);
            const shown = isLong ? blocks.slice(0, most) : blocks;
            const room = this.isCompact
                ? (column.width - 8 - (isLong ? 22 : 0)) / shown.length
                : Infinity;
            return {
                date: column.date,
                left: column.left,
                width: column.width,
                day: formatDay(column.date, "cccc d LLLL"),
                weekday: WEEKDAYS[new Date(column.date).getUTCDay()],
                off: day?.off || "",
                isClosed: !day?.available,
                isToday: column.date === this.model.today,
                ...this._load([employee], [column.date]),
                strip:
                    this.scale === "week" && !this.isCompact
                        ? this._strip(employee, column, blocks)
                        : null,
                chips: shown.map((block) => this._chip(block, employee, column.date, room)),
                more: isLong ? blocks.length - most : 0,
            };
        });
        return {cells};
    }

    /** What is on a day, in short; with less room than its words need, a corner for its signs. */
    _chip(item, employee, date, room) {
        const chip = this._item(item, employee, date);
        const isShort = room < LOW_CHIP.words;
        const isBad = chip.flags.some(({cls}) => cls === "text-danger");
        const corner = isBad ? "o_scb_flagged o_scb_flagged_bad" : "o_scb_flagged";
        return {
            ...chip,
            continues: employee.zone.dateOf(item.start) < date,
            hasTime: room >= LOW_CHIP.time,
            hasIcon: this.scale === "week" && !isShort,
            isShort,
            corner: isShort && chip.flags.length ? corner : "",
        };
    }

    /** How many of a day's blocks show. */
    _most({width}) {
        if (!this.isCompact) {
            return CELLS[this.scale].most;
        }
        const room = this.scale === "month" ? LOW_CHIP.month : LOW_CHIP.room;
        return Math.max(1, Math.floor((width - 8) / room));
    }

    /** The day in small: where in its hours the person works, is away, is taken. */
    _strip(employee, {date, width}, blocks) {
        const from = employee.zone.at(date, this.axis.range[0]);
        const to = employee.zone.at(date, this.axis.range[1]);
        const place = (start, end) => {
            const left = Math.max(0, (start - from) / (to - from));
            const right = Math.min(1, (end - from) / (to - from));
            return right > left ? {left: left * width, width: (right - left) * width} : null;
        };
        const places = (list) => list.map(([start, end]) => place(start, end)).filter(Boolean);
        return {
            work: places(employee.work),
            off: places(employee.off),
            taken: places(employee.appointments.map(({start, end}) => [start, end])),
            busy: places(
                blocks
                    .filter(({isAppointment}) => !isAppointment)
                    .map(({start, end}) => [start, end])
            ),
        };
    }

    _item(item, employee, date) {
        return item.isAppointment
            ? this._appointment(item, employee, date)
            : this._block(item, employee, date);
    }

    _appointment(appointment, employee, date) {
        const {zone} = employee;
        const {id, start, end, name, client, city} = appointment;
        const status = appointmentStatus(appointment);
        const day = formatDay(date || zone.dateOf(start), "ccc d LLL");
        return {
            key: `e${id}`,
            eventId: id,
            isPrivate: appointment.is_private,
            cls: `o_scb_event${appointment.pending ? " o_scb_pending" : ""}`,
            icon: status.icon,
            flags: appointmentFlags(appointment, zone),
            client: name,
            subject: client || "",
            city,
            wish: windowText(appointment, zone),
            start: appointment.allday ? "" : zone.formatTime(start, this.isTight),
            time: zone.formatRange(start, end),
            label: appointmentSentence(appointment, employee, day),
            isFixed: true,
        };
    }

    _block(block, employee, date) {
        const {zone} = employee;
        const status = blockStatus(block);
        const day = date || zone.dateOf(block.start);
        return {
            key: block.id,
            id: block.id,
            jobId: block.job_id,
            cls: `o_scb_${status.key}${block.pending ? " o_scb_pending" : ""}${
                block.override ? " o_scb_override" : ""
            }`,
            icon: status.icon,
            flags: this.isTight ? blockFlags(block, zone).slice(0, 1) : blockFlags(block, zone),
            wish: status.key === "done" ? "" : windowText(block, zone),
            client: block.client || block.job,
            subject: block.subject || block.job,
            city: block.city,
            start: zone.formatTime(block.start, this.isTight),
            time: zone.formatRange(block.start, block.end),
            label: blockSentence(block, employee, formatDay(day, "ccc d LLL")),
            isFixed: status.key === "done",
        };
    }
}
