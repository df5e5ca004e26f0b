/** A small firm for the tests of the capacity board: Monday 23 November 2026 in Montréal. */
import {expect} from "@odoo/hoot";
import {
    animationFrame,
    getActiveElement,
    queryAll,
    waitFor as waitForIt,
    waitForNone as waitForNoneOfIt,
    waitUntil,
} from "@odoo/hoot-dom";
import {mockDate, mockTimeZone} from "@odoo/hoot-mock";
import {getService, mountWithCleanup, onRpc, serverState} from "@web/../tests/web_test_helpers";
import {WebClient} from "@web/webclient/webclient";
import {BoardModel} from "@sercom_jobs/planning/capacity_board/board_model";
import {
    addDays,
    formatUtc,
    getZone,
    listDays,
} from "@sercom_jobs/planning/capacity_board/board_time";

export const MONDAY = "2026-11-23";
export const ZONE = "America/Toronto";

const texts = new Map();

/** The server's text of an hour in Montréal. */
export function at(date, hour, zone = ZONE) {
    const key = `${date} ${hour} ${zone}`;
    if (!texts.has(key)) {
        texts.set(key, formatUtc(getZone(zone).at(date, hour)));
    }
    return texts.get(key);
}

/** Wait for an element as long as a busy machine takes: HOOT's own fifth of a second is short. */
const PATIENCE = {timeout: 8000};
export const waitFor = (target, options) => waitForIt(target, {...PATIENCE, ...options});
export const waitForNone = (target, options) => waitForNoneOfIt(target, {...PATIENCE, ...options});

export const waitForFocus = (target) =>
    waitUntil(() => getActiveElement() === queryAll(target)[0], PATIENCE);

let nextId = 1;

export function makeEmployee(values = {}, from = MONDAY, to = "2026-11-30") {
    const {booked = {}, off = {}, tz = ZONE, hours = [8, 17]} = values;
    const days = listDays(from, to).map((date) => {
        const weekday = new Date(date).getUTCDay();
        const isOpen = weekday % 6 !== 0 && !off[date];
        const available = isOpen ? 8 : 0;
        const taken = booked[date] || 0;
        const free = Math.max(0, available - taken);
        return {date, available, booked: taken, free, off: off[date] || ""};
    });
    return {
        id: nextId++,
        name: "Luc Gagnon",
        team_id: 1,
        is_leader: false,
        skills: [],
        days,
        work: days
            .filter(({available}) => available)
            .flatMap(({date}) => [
                [at(date, hours[0], tz), at(date, 12, tz)],
                [at(date, 13, tz), at(date, hours[1], tz)],
            ]),
        ...values,
        off: Object.entries(off).map(([date, reason]) => [
            at(date, 0, tz),
            at(addDays(date, 1), 0, tz),
            reason,
        ]),
        tz,
    };
}

export function makeBlock(values = {}) {
    const {date = MONDAY, from = 9, to = 11, ...others} = values;
    const id = values.id || nextId++;
    return {
        ...{id, employee_id: 1, job_id: 100 + id, job: `J${id}`, subject: "Leak"},
        ...{client: `Client ${id}`, city: "Laval", start: at(date, from), end: at(date, to)},
        ...{state: "draft", planned_hours: to - from, is_leader: false, override: false},
        ...{warning: "", job_state: "to_plan", priority: "0", sla_status: "on_track", note: ""},
        ...others,
    };
}

export function makeJob(values = {}) {
    const id = values.id || nextId++;
    return {
        ...{id, name: `J${id}`, subject: "Boiler", client: `Waiting ${id}`, city: "Laval"},
        ...{hours: 2, sold_hours: 2, people: 1, missing: 1, priority: "0", sla_status: "on_track"},
        ...{sla_deadline: false, request_early: false, request_late: false},
        ...{skills: [], team_id: 1},
        ...values,
    };
}

export function makeAppointment(values = {}) {
    const {date = MONDAY, from = 9, to = 10, ...others} = values;
    return {
        ...{name: "Assessment", start: at(date, from), end: at(date, to), planned_hours: to - from},
        ...{allday: false, is_private: false, kind: "assessment", client: "Roy", city: "Laval"},
        ...{request_early: null, request_late: null},
        ...others,
    };
}

export function makeBoard({employees, blocks = [], from = MONDAY, to = "2026-11-30", ...others}) {
    return {
        ...{date_from: from, date_to: to, tz: ZONE, today: MONDAY, now: at(MONDAY, 10)},
        ...{
            can_edit: true,
            can_override: true,
            teams: [
                {id: 1, name: "Plumbing"},
                {id: 2, name: "Heating"},
            ],
        },
        ...{employees, blocks, appointments: []},
        ...others,
    };
}

export function makeModel(values) {
    const model = new BoardModel();
    model.setBoard(makeBoard(values));
    return model;
}

/**
 * Open the board on a mocked server.
 *
 * @param {Object} server
 * @param {(from: string, to: string, ids?: number[]) => Object} server.board answers `get_board`
 * @param {Object[]} [server.jobs] the tray
 * @param {Object[]} [server.events] its appointments
 * @param {Object} [context] of the action
 */
export async function openBoard(server, context = {}) {
    const {board, jobs = [], events = [], slots = [], explain = () => []} = server;
    mockTimeZone(ZONE);
    // Ten in Montréal.
    mockDate(`${MONDAY} 15:00:00`);
    serverState.timezone = ZONE;
    onRpc("sercom.scheduler", "get_board", ({args}) => board(...args));
    onRpc("sercom.scheduler", "get_unscheduled", () => ({
        total: jobs.length,
        jobs,
        appointments: events,
    }));
    onRpc("sercom.scheduler", "find_slots", () => slots);
    onRpc("sercom.scheduler", "explain", ({args}) => explain(...args));
    await mountWithCleanup(WebClient);
    await getService("action").doAction({
        type: "ir.actions.client",
        tag: "sercom_capacity_board",
        context,
    });
    await waitFor(".o_capacity_board");
    await animationFrame();
}

export const TUESDAY = "2026-11-24";
export const WEEK = ["2026-11-22", "2026-11-29"];

/** Luc and Ann; Luc has a visit on Monday from 9 to 11. */
export function makeFirm(values = {}) {
    const employees = [
        makeEmployee(
            {id: 1, name: "Luc", booked: {[MONDAY]: 9}, off: {[TUESDAY]: "Vacation"}},
            ...WEEK
        ),
        makeEmployee({id: 2, name: "Ann", team_id: 2, booked: {[MONDAY]: 2}}, ...WEEK),
    ];
    const blocks = [
        makeBlock({id: 7, employee_id: 1, client: "Roy"}),
        makeBlock({id: 8, employee_id: 2, client: "Côté", from: 13, to: 15, state: "confirmed"}),
    ];
    return (from, to, ids) =>
        makeBoard({
            from,
            to,
            employees: employees.filter(({id}) => !ids || ids.includes(id)),
            blocks: blocks.filter(({employee_id: id}) => !ids || ids.includes(id)),
            ...values,
        });
}

export const cell = (employeeId, date) =>
    `[data-employee-id="${employeeId}"] .o_scb_cell[data-date="${date}"]`;

/** What the board writes, in words. */
export function noteWrites(answers = {}) {
    onRpc("sercom.assignment", "write_if_unchanged", ({args: [ids, seen, vals]}) => {
        expect.step(["write", ids, vals]);
        return "write" in answers ? answers.write(ids, vals, seen) : [];
    });
    onRpc("sercom.assignment", "create_if_unchanged", ({args: [jobId, seen, vals]}) => {
        expect.step(["create", vals]);
        const answer = "create" in answers ? answers.create(vals, seen, jobId) : [];
        return Array.isArray(answer) ? {ids: answer, changed: []} : answer;
    });
    onRpc("sercom.assignment", "unlink", ({args}) => {
        expect.step(["unlink", ...args]);
        return "unlink" in answers ? answers.unlink(...args) : true;
    });
}
