/** A phone on a mocked network: one technician, a day of two visits, and the page that shows it. */
import {after, getFixture} from "@odoo/hoot";
import {click, edit, queryAll, waitUntil} from "@odoo/hoot-dom";
import {mockDate, mockFetch} from "@odoo/hoot-mock";
import {App} from "@odoo/owl";
import {addDays} from "@sercom_my_day/my_day/format";
import {MyDay} from "@sercom_my_day/my_day/my_day";
import {Storage} from "@sercom_my_day/my_day/storage";
import {makeStore} from "@sercom_my_day/my_day/store";
import {allowTranslations, patchWithCleanup} from "@web/../tests/web_test_helpers";
import {browser} from "@web/core/browser/browser";
import {appTranslateFn} from "@web/core/l10n/translation";
import {getTemplate} from "@web/core/templates";
import {session} from "@web/session";

export const ME = 7; // user
export const LUC = 3; // the same, as an employee
export const ANNE = 4;
export const NOW = "2026-11-03 14:30:00";
export const SECRET = "07".repeat(32);

export function makeVisit(values = {}) {
    return {
        ...{id: 11, job_id: 1, employee_id: LUC, hours: 3, state: "confirmed", is_leader: true},
        ...{start: "2026-11-03 14:00:00", end: "2026-11-03 17:00:00", note: "Bring the ladder"},
        ...{on_my_way_on: false, check_count: 4, check_waiting: 4},
        ...getHead(),
        ...values,
    };
}

function getHead() {
    return {
        ...{name: "J00001", job_state: "planned", subject: "Water heater leaks"},
        ...{client: "Marie Tremblay", contact: "Paul Roy", phone: "+1 514 555 0101"},
        recipients: [
            {id: 91, name: "Paul Roy", channel: "email"},
            {id: 92, name: "Marie Tremblay", channel: "sms"},
        ],
        road: {speed: 60, detour: 1.5, extra: 5},
        ...{site: "Duplex", address: "4321 rue Saint-Denis, Montréal"},
        ...{latitude: 45.52, longitude: -73.57, asked: "Change the valve", access: "Ring twice"},
    };
}

export function makeCheck(values) {
    return {
        ...{is_section: false, is_required: true, instructions: "", unit: "", limit_text: ""},
        ...{limits: [null, null], photo_min: 0, state: "waiting", value: null},
        ...{is_out_of_limits: false},
        ...values,
    };
}

export function makeJob(values = {}) {
    return {
        id: 1,
        ...getHead(),
        ...{description: "The heater drips", todo: "Change the valve"},
        ...{planned_start: "2026-11-03 14:00:00", sold_hours: 3, worked_hours: 1},
        ...{over_hours_reason: "", is_signed: false, signed_by: "", needs_signature: false},
        ...{found_note: "", work_note: "", advice_note: "", is_leader: true},
        checks: [
            makeCheck({id: 21, name: "Gas off", kind: "check"}),
            makeCheck({id: 22, name: "Vented", kind: "yes_no"}),
            makeCheck({id: 23, name: "Pressure", kind: "number", limits: [1, 3], unit: "bar"}),
            makeCheck({id: 24, name: "Plate", kind: "photo", photo_min: 1}),
            makeCheck({id: 25, name: "Model", kind: "text", is_required: false}),
        ],
        ...{photos: [], history: [], equipment: []},
        notes: [{id: 31, author: "Office", moment: NOW, text: "Call before"}],
        crew: [
            makePerson({id: LUC, name: "Luc Gagnon", is_leader: true, is_me: true}),
            makePerson({id: ANNE, name: "Anne Roy"}),
        ],
        ...values,
    };
}

export function makePerson(values) {
    return {is_leader: false, is_me: false, clocked_job_id: false, is_clocked: false, ...values};
}

export function makeClock(values = {}) {
    return {
        ...{since: false, on_break: false, break_since: false, job_id: false, job_name: ""},
        ...{work_type: false, hours_today: 0, now: NOW},
        ...values,
    };
}

/** What the clock shows of somebody who works on a job. */
export function makeRunningClock(values = {}) {
    return makeClock({since: "2026-11-03 14:00:00", job_id: 1, work_type: "work", ...values});
}

export function makeDay(values = {}) {
    const later = makeVisit({
        ...{id: 12, job_id: 2, name: "J00002", client: "Hotel", site: "Hotel"},
        ...{start: "2026-11-04 14:00:00", end: "2026-11-04 16:00:00"},
    });
    return {
        user: {id: ME, name: "Luc Gagnon", employee_id: LUC, has_position: false},
        ...{date: "2026-11-03", today: "2026-11-03", now: NOW, tz: "America/Toronto"},
        days: [
            {date: "2026-11-03", visits: [makeVisit()]},
            {date: "2026-11-04", visits: [later]},
            {date: "2026-11-05", visits: []},
        ],
        clock: makeClock(),
        jobless: [],
        ...values,
    };
}

export function makeEntry(values = {}) {
    return {
        ...{id: 41, start: "2026-11-03 13:00:00", end: "2026-11-03 14:00:00", hours: 1},
        ...{work_type: "work", job_id: 1, job_name: "J00001", client: "Marie Tremblay"},
        ...{state: "waiting", correction: false},
        ...values,
    };
}

function makeWeek(start, entries = []) {
    const days = [0, 1, 2, 3, 4, 5, 6].map((count) => {
        const date = addDays(start, count);
        const own = entries.filter((entry) => entry.start.startsWith(date));
        const jobs = [{id: 1, name: "J00001", client: "Marie Tremblay"}];
        return {date, hours: own.reduce((sum, {hours}) => sum + hours, 0), jobs, entries: own};
    });
    const hours = days.reduce((sum, day) => sum + day.hours, 0);
    return {start, end: days.at(-1).date, hours, days, pay_sheets: []};
}

/** Hours of the week of a day, and of the week before. */
export function makeHours(entries = [makeEntry()], {date = "2026-11-03"} = {}) {
    const start = addDays(date, -new Date(`${date}T12:00:00Z`).getUTCDay());
    return {
        ...{today: "2026-11-03", now: NOW, tz: "America/Toronto"},
        weeks: [makeWeek(start, entries), makeWeek(addDays(start, -7), entries)],
    };
}

function getCookies() {
    return document.cookie.split(";").map((cookie) => cookie.trim());
}

export function signIn(userId) {
    for (const cookie of getCookies()) {
        document.cookie = `${cookie.split("=")[0]}=; max-age=0`;
    }
    document.cookie = `sercom_my_day_user=${userId}`;
}

/** The server: `answers[method](kwargs)`; what was sent is in `calls`. */
export class FakeServer {
    constructor(answers = {}) {
        this.calls = [];
        this.answers = {
            get_day: () => makeDay(),
            get_hours: ({date}) => makeHours(undefined, {date}),
            get_jobs: ({job_ids}) =>
                [makeJob(), makeJob({id: 2})].filter(({id}) => job_ids.includes(id)),
            sync: ({actions}) => ({
                user_id: ME,
                results: actions.map(({uuid}) => ({uuid, status: "done", message: ""})),
            }),
            destroy: () => null,
            ...answers,
        };
    }

    start() {
        mockFetch(async (url, {body}) => {
            const method = String(url).split("/").at(-1);
            const {params} = JSON.parse(body);
            this.calls.push({method, ...params.kwargs});
            const result = await this.answers[method](params.kwargs || {});
            return result instanceof Response
                ? result
                : new Response(JSON.stringify({jsonrpc: "2.0", result}));
        });
    }

    /** Actions that arrived, in order. */
    get actions() {
        return this.calls.flatMap((call) => (call.method === "sync" ? call.actions : []));
    }

    count(method) {
        return this.calls.filter((call) => call.method === method).length;
    }
}

/** An answer that never comes: the screen stays as the phone alone draws it. */
export const NEVER = () => new Promise(() => {});
export const UNREACHABLE = () => new Response("", {status: 503});

/** Everything off the phone, also what a test before has left there. */
export async function clearPhone() {
    const storage = new Storage(0, SECRET);
    const place = await storage.place;
    for (const row of await place.list()) {
        await place.remove(row.seq);
    }
    await storage.dropData();
}

/**
 * Open the page of one user, with the data that the phone has kept of them.
 *
 * @param {Object} [options]
 * @param {FakeServer} [options.server]
 * @param {string} [options.hash] the screen
 * @param {Object} [options.user]
 * @param {Function} [options.getTemplate]
 * @param {boolean} [options.isWaiting] for the data
 * @param {Object} [options.holdTimes] milliseconds in which actions can be taken back, by kind
 * @returns {Promise<Object>} `{store, server, close}`
 */
export async function openPage({server = new FakeServer(), hash = "", ...options} = {}) {
    const user = {id: ME, name: "Luc Gagnon", employee_id: LUC, has_position: false};
    Object.assign(user, options.user);
    mockDate(NOW, 0);
    allowTranslations();
    server.start();
    signIn(options.signedIn ?? user.id);
    const boot = {context: {lang: "en_US"}, user, secret: options.secret || SECRET};
    patchWithCleanup(session, {my_day: boot});
    browser.location.hash = hash;
    const store = makeStore(boot);
    store.holdTimes = options.holdTimes || {};
    const app = new App(MyDay, {
        getTemplate: options.getTemplate || getTemplate,
        props: {store},
        test: true,
        translateFn: appTranslateFn,
    });
    await app.mount(getFixture());
    await store.start();
    if (!store.closedBy && options.isWaiting !== false) {
        await waitUntil(() => !store.isRefreshing && !store.queue.flushing, {timeout: 3000});
    }
    const close = () => {
        clearTimeout(store.timer);
        store.queue?.stop();
        app.destroy();
    };
    after(close);
    return {store, server, close};
}

export async function tap(selector) {
    const getElement = () => queryAll(selector).find((element) => !element.disabled);
    await click(await waitUntil(getElement, {timeout: 1000}));
}

export async function type(selector, text) {
    await waitUntil(() => queryAll(selector).length);
    await click(selector);
    await edit(text, {confirm: "blur"});
}

/** Wait until the server got an action of a kind. */
export async function waitForAction(server, kind) {
    await waitUntil(() => server.actions.some((action) => action.kind === kind), {timeout: 2000});
    return server.actions.find((action) => action.kind === kind);
}
