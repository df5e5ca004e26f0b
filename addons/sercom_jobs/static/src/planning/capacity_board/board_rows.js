/**
 * What a row shows, worked out from the data: texts, classes and pixels, ready for the template.
 *
 * A row is worked out when it comes into sight, and kept until its person, the scale or the width
 * changes.
 */
import {_t} from "@web/core/l10n/translation";
import {assignLanes, loadLevel} from "./board_geometry";
import {blockFlags, blockSentence, blockStatus, loadLabel} from "./board_labels";
import {formatDay} from "./board_time";

export const TEAM_HEIGHT = 30;
const WEEKDAYS = "sunday monday tuesday wednesday thursday friday saturday".split(" ");
const TIGHT = 130;
const LANE = 46;
const LANE_GAP = 4;
export const CELLS = {
    week: {chip: 23, head: 28, most: 8},
    month: {chip: 17, head: 32, most: 3},
};

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
    }

    height(row) {
        if (row.type === "team") {
            return TEAM_HEIGHT;
        }
        const {employee} = row;
        if (this.scale === "day") {
            return assignLanes(this._dayBlocks(employee)).count * LANE + 2 * LANE_GAP;
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
        const isElsewhere = employee.zone.name !== this.model.zone.name;
        const noon = this.axis.columns[0].start;
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
        return employee.blocks.filter((block) => block.end > start && block.start < end);
    }

    _paintDay(employee) {
        const blocks = this._dayBlocks(employee);
        const {lanes, count} = assignLanes(blocks);
        const zone = employee.zone;
        return {
            lanes: count,
            work: this._spans(employee.work),
            off: this._spans(employee.off),
            appointments: this._spans(
                employee.appointments.map(({start, end, name}) => [
                    start,
                    end,
                    `${zone.formatRange(start, end)} ${name}`,
                ])
            ),
            blocks: blocks.map((block, index) => ({
                ...this._block(block, employee),
                ...this.axis.span(block.start, block.end),
                top: LANE_GAP + lanes[index] * LANE,
                height: LANE - 4,
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
        const {most} = CELLS[this.scale];
        const buckets = this.model.blocksByDate(employee);
        const cells = this.axis.columns.map((column) => {
            const day = employee.dayByDate.get(column.date);
            const blocks = buckets.get(column.date) || [];
            const isLong = blocks.length > most + 1;
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
                strip: this.scale === "week" ? this._strip(employee, column, blocks) : null,
                chips: (isLong ? blocks.slice(0, most) : blocks).map((block) => ({
                    ...this._block(block, employee, column.date),
                    continues: employee.zone.dateOf(block.start) < column.date,
                })),
                more: isLong ? blocks.length - most : 0,
            };
        });
        return {cells};
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
            busy: places(blocks.map(({start, end}) => [start, end])),
        };
    }

    _block(block, employee, date) {
        const {zone} = employee;
        const status = blockStatus(block);
        const day = date || zone.dateOf(block.start);
        return {
            id: block.id,
            jobId: block.job_id,
            cls: `o_scb_${status.key}${block.pending ? " o_scb_pending" : ""}${
                block.override ? " o_scb_override" : ""
            }`,
            icon: status.icon,
            flags: this.isTight ? blockFlags(block).slice(0, 1) : blockFlags(block),
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
