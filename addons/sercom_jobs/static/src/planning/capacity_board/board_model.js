/**
 * What the board knows: people, their days and their blocks. Plain data, without DOM or server.
 *
 * Every person has a `revision` that grows whenever something of theirs changes; what is drawn is
 * kept by it, so that a change redraws the rows it touches and no other.
 */
import {deepEqual} from "@web/core/utils/objects";
import {HOUR, getZone, listDays, parseUtc} from "./board_time";

const byStart = (a, b) => a.start - b.start || a.id - b.id;
const key = (id, employeeId) => `${id}-${employeeId}`;
const spans = (list) =>
    list.map(([start, end, ...rest]) => [parseUtc(start), parseUtc(end), ...rest]);

export class BoardModel {
    constructor() {
        this.teams = [];
        this.employees = new Map();
        this.blocks = new Map();
        /** Of each person who attends, by `key`. */
        this.appointments = new Map();
        this.dates = [];
        this.canEdit = false;
        this.zone = getZone("UTC");
        this.revision = 0;
    }

    /** Take everything anew. */
    setBoard(data) {
        this.teams = data.teams;
        this.dates = listDays(data.date_from, data.date_to);
        this.today = data.today;
        this.canEdit = data.can_edit;
        this.canOverride = data.can_override;
        this.zone = getZone(data.tz);
        this.employees = new Map();
        this.blocks = new Map();
        this.appointments = new Map();
        this._take(data);
    }

    /**
     * Take what the server now says of some people; who has not changed keeps their revision.
     *
     * @param {Object} data what `get_board` answered for them
     * @param {number[]} ids whom it was asked about: who is missing in the answer has left
     */
    mergeBoard(data, ids) {
        const before = ids.map((id) => this.employees.get(id)).filter(Boolean);
        const order = [...this.employees.keys()];
        for (const employee of before) {
            employee.blocks.forEach((block) => this.blocks.delete(block.id));
            employee.appointments.forEach((one) =>
                this.appointments.delete(key(one.id, employee.id))
            );
            this.employees.delete(employee.id);
        }
        this._take(data);
        for (const old of before) {
            const employee = this.employees.get(old.id);
            if (employee && deepEqual(content(old), content(employee))) {
                this.employees.set(old.id, old);
                old.blocks.forEach((block) => this.blocks.set(block.id, block));
                old.appointments.forEach((one) => this.appointments.set(key(one.id, old.id), one));
            }
        }
        const known = new Set(order);
        const ordered = [...order, ...[...this.employees.keys()].filter((id) => !known.has(id))];
        this.employees = new Map(
            ordered.filter((id) => this.employees.has(id)).map((id) => [id, this.employees.get(id)])
        );
    }

    _take(data) {
        this.revision++;
        for (const values of data.employees) {
            this.employees.set(values.id, {
                ...values,
                zone: getZone(values.tz || data.tz),
                work: spans(values.work),
                off: spans(values.off),
                dayByDate: new Map(values.days.map((day) => [day.date, {...day}])),
                blocks: [],
                appointments: [],
                revision: this.revision,
            });
        }
        for (const values of data.blocks) {
            this._insert({...values, start: parseUtc(values.start), end: parseUtc(values.end)});
        }
        for (const values of data.appointments || []) {
            const zone = this.employees.get(values.employee_id)?.zone;
            this._insertAppointment(zone && readAppointment(values, zone));
        }
        for (const {id} of data.employees) {
            this.employees.get(id).blocks.sort(byStart);
            this.employees.get(id).appointments.sort(byStart);
        }
    }

    _insert(block) {
        const employee = this.employees.get(block.employee_id);
        if (!employee) {
            return;
        }
        this.blocks.set(block.id, block);
        employee.blocks.push(block);
    }

    /** Put a block in, or in place of the one with its id; loads of the days follow. */
    putBlock(block) {
        this.removeBlock(block.id);
        this._insert(block);
        const employee = this.employees.get(block.employee_id);
        if (employee) {
            employee.blocks.sort(byStart);
            this._book(employee, block, 1);
        }
    }

    removeBlock(id) {
        const block = this.blocks.get(id);
        if (!block) {
            return;
        }
        const employee = this.employees.get(block.employee_id);
        this.blocks.delete(id);
        employee.blocks = employee.blocks.filter((other) => other.id !== id);
        this._book(employee, block, -1);
    }

    // Appointments

    getAppointment(id, employeeId) {
        return this.appointments.get(key(id, employeeId));
    }

    _insertAppointment(appointment) {
        const employee = this.employees.get(appointment?.employee_id);
        if (employee) {
            this.appointments.set(key(appointment.id, employee.id), appointment);
            employee.appointments.push(appointment);
        }
        return employee;
    }

    /** Put an appointment of somebody in; loads of the days follow. */
    putAppointment(appointment) {
        this.removeAppointment(appointment.id, appointment.employee_id);
        const employee = this._insertAppointment(appointment);
        if (employee) {
            employee.appointments.sort(byStart);
            this._book(employee, appointment, 1);
        }
    }

    removeAppointment(id, employeeId) {
        const appointment = this.getAppointment(id, employeeId);
        if (appointment) {
            const employee = this.employees.get(employeeId);
            this.appointments.delete(key(id, employeeId));
            employee.appointments = employee.appointments.filter((other) => other.id !== id);
            this._book(employee, appointment, -1);
        }
    }

    /** Planned hours of a block fall on its days by the time it lasts on each. */
    _book(employee, block, sign) {
        employee.revision = ++this.revision;
        const dates = employee.zone.days(block.start, block.end);
        for (const date of dates) {
            const day = employee.dayByDate.get(date);
            if (!day) {
                continue;
            }
            const from = Math.max(block.start, employee.zone.at(date, 0));
            const to = Math.min(block.end, employee.zone.at(date, 24));
            const share = (to - from) / (block.end - block.start);
            day.booked = Math.max(0, day.booked + sign * share * block.planned_hours);
            day.free = Math.max(0, day.available - day.booked);
        }
    }

    /**
     * What a person has on each day, blocks and appointments, in order of time.
     *
     * Everything of a person that differs from day to day is cut at their own midnights.
     */
    blocksByDate(employee) {
        if (employee.bucketRevision !== employee.revision) {
            employee.bucketRevision = employee.revision;
            employee.buckets = new Map();
            for (const block of this.items(employee)) {
                for (const date of employee.zone.days(block.start, block.end)) {
                    const bucket = employee.buckets.get(date);
                    if (bucket) {
                        bucket.push(block);
                    } else {
                        employee.buckets.set(date, [block]);
                    }
                }
            }
        }
        return employee.buckets;
    }

    /** Blocks and appointments of a person, in order of time. */
    items({blocks, appointments}) {
        return appointments.length ? [...blocks, ...appointments].sort(byStart) : blocks;
    }

    /** Hours of a person, or of several, over the dates. */
    load(employees, dates = this.dates) {
        const total = {booked: 0, available: 0, free: 0};
        for (const employee of employees) {
            for (const date of dates) {
                const day = employee.dayByDate.get(date);
                if (day) {
                    total.booked += day.booked;
                    total.available += day.available;
                    total.free += day.free;
                }
            }
        }
        return total;
    }

    /**
     * The rows, from top to bottom: teams and, unless folded, their people.
     *
     * @param {Object} [options]
     * @param {string} [options.search] in the name, the team or a skill
     * @param {Set<number|false>} [options.collapsed] folded teams
     */
    rows({search = "", collapsed = new Set()} = {}) {
        const needle = simplify(search);
        const groups = new Map(this.teams.map((team) => [team.id, {...team, employees: []}]));
        groups.set(false, {id: false, name: "", employees: []});
        for (const employee of this.employees.values()) {
            const group = groups.get(employee.team_id) || groups.get(false);
            const texts = [employee.name, group.name, ...employee.skills];
            if (!needle || texts.some((text) => simplify(text).includes(needle))) {
                group.employees.push(employee);
            }
        }
        const rows = [];
        for (const team of groups.values()) {
            if (!team.employees.length) {
                continue;
            }
            const folded = collapsed.has(team.id) && !needle;
            rows.push({type: "team", key: `team-${team.id}`, team, folded});
            if (!folded) {
                for (const employee of team.employees) {
                    rows.push({type: "employee", key: `employee-${employee.id}`, employee});
                }
            }
        }
        return rows;
    }

    get drafts() {
        if (this.draftsRevision !== this.revision) {
            this.draftsRevision = this.revision;
            const from = this.zone.at(this.dates[0], 0);
            const to = this.zone.at(this.dates.at(-1), 24);
            this.keptDrafts = [...this.blocks.values()].filter(
                ({state, start, end}) => state === "draft" && start < to && end > from
            );
        }
        return this.keptDrafts;
    }

    /** The spans that the hours of the day must show. */
    *spans() {
        for (const employee of this.employees.values()) {
            yield* employee.work;
            for (const {start, end} of this.items(employee)) {
                if (end - start < 24 * HOUR) {
                    yield [start, end];
                }
            }
        }
    }
}

/**
 * An appointment as the board keeps it; one that lasts all day is known by its days.
 *
 * @param {Object} values of the server
 * @param {Zone} zone whose days they are
 */
export function readAppointment(values, zone) {
    const start = parseUtc(values.start);
    const end = parseUtc(values.end);
    const days = values.allday && {first: zone.dateOf(start), last: zone.dateOf(end - 1)};
    return {...values, start, end, ...days, isAppointment: true};
}

function simplify(text) {
    return text
        .normalize("NFD")
        .replace(/[\u0300-\u036f]/g, "")
        .toLowerCase();
}

/** What of a person is shown: two answers of the server that agree on it are the same. */
function content({id, name, team_id, is_leader, tz, skills, work, off, dayByDate, ...lists}) {
    const {blocks, appointments} = lists;
    return {
        ...{id, name, team_id, is_leader, tz, skills, work, off, blocks, appointments},
        days: [...dayByDate.values()],
    };
}
