import {markRaw, reactive} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";

import {applyActions} from "./actions";
import {formatNumber, toDate, toText} from "./format";
import {Outbox} from "./outbox";
import {distanceKm, locate} from "./position";
import {loaderRegistry} from "./registries";
import {callServer, NoNetworkError, SignedOutError} from "./server";
import {storage} from "./storage";

const DAYS = 8; // today and the coming week
const REFRESH = 120000; // milliseconds
const OFFLINE_REFRESH = 15000;
// A second tap within this time (milliseconds) is the same one; a second punch within more.
const SAME_TAP = 700;
const SAME_PUNCH = 2000;
const TOLD = 8000; // milliseconds that a message stays

/**
 * The page's data and what the technician does with it.
 *
 * `base` is what the server told last; `shown` is the same with the outbox applied, and what the
 * screens draw. Both are renewed as a whole.
 */
export class MyDayStore {
    constructor(boot) {
        this.boot = boot;
        this.user = boot.user;
        this.base = markRaw({day: null, jobs: {}, offset: 0});
        this.shown = markRaw({day: null, jobs: {}, clock: false});
        this.outbox = markRaw([]);
        this.connection = navigator.onLine === false ? "no_network" : "online";
        this.isLoading = true;
        this.screen = {name: "day", jobId: 0, tab: "job"};
        this.position = null;
        this.consent = undefined; // true, false, or not asked yet
        this.question = null;
        this.drafts = {}; // what is typed and not sent yet, by job and field
        this.notices = [];
        this.now = Date.now();
        this.lastTaps = {};
    }

    async start() {
        const self = this;
        const queue = new Outbox(this.user.id, {
            change: (actions) => {
                self.outbox = markRaw([...actions]);
                self.render();
            },
            done: (action, message) => self.onDone(action, message),
            sent: () => self.refresh(),
            state: (name) => (self.connection = name),
        });
        this.queue = markRaw(queue);
        const kept = await storage.read(this.key("base"));
        if (kept) {
            this.base = markRaw(kept);
        }
        this.consent = await storage.read(this.key("consent"));
        const place = await storage.read(this.key("position"));
        this.position = place ? markRaw(place) : null;
        this.drafts = (await storage.read(this.key("drafts"))) || {};
        await this.queue.load();
        if (!(await storage.isLasting())) {
            this.tell(
                _t("This browser keeps nothing, as in a private window: stay near the network."),
                true
            );
        }
        this.render();
        this.openFromHash();
        this.queue.flush();
        this.refresh();
        navigator.storage?.persist?.();
    }

    key(name) {
        return `${this.user.id}:${name}`;
    }

    render() {
        const waiting = this.outbox.filter((action) => !action.message);
        this.shown = markRaw(applyActions(this.base, waiting, this.base.offset));
    }

    get zone() {
        return this.base.day?.tz || "UTC";
    }

    /** The server's time, as far as the phone knows. */
    get serverNow() {
        return this.now + this.base.offset;
    }

    // Data

    /** Ask the server for the day, and for the jobs that may be needed without network. */
    async refresh() {
        clearTimeout(this.timer);
        if (this.isRefreshing) {
            this.isStale = true; // what is on its way may be older than what was just sent
            return;
        }
        this.isRefreshing = true;
        this.isStale = false;
        try {
            const day = await callServer("get_day", {days: DAYS});
            if (day.user.id !== this.user.id) {
                this.connection = "other_user";
                return;
            }
            const wanted = this.getJobsToKeep(day);
            const jobs = wanted.length ? await callServer("get_jobs", {job_ids: wanted}) : [];
            const byId = Object.fromEntries(jobs.map((job) => [job.id, job]));
            const offset = toDate(day.now).getTime() - Date.now();
            await this.keep({...this.base, day, jobs: byId, offset});
            this.connection = "online";
            for (const load of loaderRegistry.getAll()) {
                await load(this, jobs);
            }
            if (this.queue.waiting.length) {
                this.queue.flush();
            }
        } catch (error) {
            this.onFailure(error);
        } finally {
            this.isRefreshing = false;
            this.isLoading = false;
            const wait = this.connection === "no_network" ? OFFLINE_REFRESH : REFRESH;
            this.timer = setTimeout(() => this.refresh(), this.isStale ? 0 : wait);
        }
    }

    /** Jobs of today and tomorrow, and the one that is open now. */
    getJobsToKeep(day) {
        const visits = day.days.slice(0, 2).flatMap((one) => one.visits);
        const ids = new Set(visits.map((visit) => visit.job_id));
        const known = new Set(day.days.flatMap((one) => one.visits).map((visit) => visit.job_id));
        if (known.has(this.screen.jobId)) {
            ids.add(this.screen.jobId);
        }
        return [...ids];
    }

    async keep(base) {
        this.base = markRaw(base);
        this.render();
        await storage.write(this.key("base"), base);
    }

    async loadJob(jobId) {
        try {
            const [job] = await callServer("get_jobs", {job_ids: [jobId]});
            if (job) {
                await this.keep({...this.base, jobs: {...this.base.jobs, [jobId]: job}});
            }
        } catch (error) {
            this.onFailure(error);
        }
    }

    onFailure(error) {
        if (error instanceof SignedOutError) {
            this.connection = "signed_out";
        } else if (error instanceof NoNetworkError) {
            this.connection = "no_network";
        } else {
            this.connection = "failing";
            reportError(error);
        }
    }

    /** An action arrived: the data is as if the server had told it, until it does. */
    onDone(action, message) {
        const {day, jobs} = applyActions(this.base, [action], this.base.offset);
        this.keep({...this.base, day, jobs});
        if (message) {
            this.tell(message);
        }
    }

    // Screens

    open(name, jobId = 0, tab = "job") {
        window.location.hash = jobId ? `${name}/${jobId}/${tab}` : name === "day" ? "" : name;
    }

    openFromHash() {
        const [name, jobId, tab] = window.location.hash.slice(1).split("/");
        const wasJob = this.screen.jobId;
        this.screen = {name: name || "day", jobId: Number(jobId) || 0, tab: tab || "job"};
        window.scrollTo(0, 0);
        if (this.screen.jobId && this.screen.jobId !== wasJob) {
            this.loadJob(this.screen.jobId);
        }
    }

    /** Tell the technician something, for a while. */
    tell(text, isBad = false) {
        const notice = {id: crypto.randomUUID(), text, isBad};
        this.notices.push(notice);
        if (!isBad) {
            setTimeout(() => this.dropNotice(notice.id), TOLD);
        }
    }

    dropNotice(id) {
        this.notices = this.notices.filter((notice) => notice.id !== id);
    }

    // Actions

    /** Whether a thing was tapped just before: gloves tap twice. */
    isSameTap(key, time = SAME_TAP) {
        const isSame = Date.now() - (this.lastTaps[key] || 0) < time;
        if (!isSame) {
            this.lastTaps[key] = Date.now();
        }
        return isSame;
    }

    /**
     * Clock in, to a break, or out.
     *
     * @param {string} punch `start`, `break` or `end`
     * @param {Object} [vals] `job_id`, `work_type`, `employee_ids`
     */
    async punch(punch, vals = {}) {
        if (this.isSameTap("punch", SAME_PUNCH)) {
            return;
        }
        const moment = toText(new Date()); // of the tap, not of the answer to a question
        const getPosition = await this.getPosition();
        await this.act({kind: "punch", punch, moment, ...vals}, getPosition?.());
    }

    /** Keep an action and send it; `undefined` when the phone cannot keep it. */
    async act(vals, position) {
        try {
            return await this.queue.add(vals, position);
        } catch (error) {
            // Storage is full or broken: nothing may look saved that is not.
            reportError(error);
            this.tell(_t("The phone could not keep this. Free some space, and try again."), true);
            return undefined;
        }
    }

    async onMyWay(visit) {
        if (visit.on_my_way_on || this.isSameTap(`way ${visit.id}`)) {
            return;
        }
        const distance = distanceKm(this.position, visit);
        await this.act({
            kind: "on_my_way",
            job_id: visit.job_id,
            visit_id: visit.id,
            distance_km: distance === null ? undefined : Math.round(distance * 10) / 10,
        });
        if (this.shown.clock?.work_type !== "travel") {
            const isTravel = await this.ask({
                title: _t("Start the clock for the road?"),
                text: _t("Your time on the road to %s starts now.", visit.client || visit.name),
                yes: _t("Start travel"),
                no: _t("Not now"),
            });
            if (isTravel) {
                await this.punch("start", {job_id: visit.job_id, work_type: "travel"});
            }
        }
    }

    /** Ask a question over the whole screen; true for yes. */
    ask(question) {
        return new Promise((resolve) => {
            this.question = {
                ...question,
                answer: (isYes) => {
                    this.question = null;
                    resolve(isYes);
                },
            };
        });
    }

    /** Forget what was refused, once it was read. */
    async dismiss(action) {
        const isSure = await this.ask({
            title: _t("Take this away?"),
            text: _t("It was not saved, and the phone forgets it."),
            yes: _t("Take away"),
            no: _t("Keep"),
        });
        if (isSure) {
            await this.queue.dismiss(action);
        }
    }

    // Drafts

    getDraft(jobId, field) {
        return this.drafts[`${jobId}:${field}`];
    }

    setDraft(jobId, field, text) {
        this.drafts[`${jobId}:${field}`] = text;
        this.keepDrafts();
    }

    dropDraft(jobId, field) {
        delete this.drafts[`${jobId}:${field}`];
        this.keepDrafts();
    }

    keepDrafts() {
        storage.write(this.key("drafts"), {...this.drafts});
    }

    // Position

    /** What gives a promise of where the phone is, if the company and the technician let it. */
    async getPosition() {
        if (!this.user.has_position) {
            return null;
        }
        if (this.consent === undefined) {
            this.setConsent(
                await this.ask({
                    title: _t("Where you clock in and out"),
                    text: _t(
                        "Your company notes where you are at the moment you clock in and out, " +
                            "and only then. You may refuse: the clock works all the same."
                    ),
                    yes: _t("Allow"),
                    no: _t("Refuse"),
                })
            );
        }
        if (this.consent) {
            const position = locate();
            position.then((place) => this.keepPosition(place));
            return () => position; // a promise returned as such would be waited for
        }
        return null;
    }

    async setConsent(isGiven) {
        this.consent = isGiven;
        await storage.write(this.key("consent"), isGiven);
    }

    async keepPosition(place) {
        if (place) {
            this.position = markRaw(place);
            await storage.write(this.key("position"), place);
        }
    }

    /** Look where the phone is to show distances; it is told to nobody. */
    async updateDistances() {
        const place = await locate();
        await this.keepPosition(place);
        if (!place) {
            this.tell(_t("The phone does not say where it is. Allow it in its settings."), true);
        }
    }

    // Words

    getPlace(jobId) {
        const visits = (this.shown.day?.days || []).flatMap((day) => day.visits);
        return this.shown.jobs[jobId] || visits.find((visit) => visit.job_id === jobId);
    }

    getClient(jobId) {
        return this.getPlace(jobId)?.client || "";
    }

    getJobName(jobId) {
        const place = this.getPlace(jobId);
        return place ? [place.name, place.client].filter(Boolean).join(" · ") : "";
    }

    getDistance(place) {
        const distance = distanceKm(this.position, place);
        return distance === null ? "" : _t("%s km", formatNumber(distance, distance < 10 ? 1 : 0));
    }
}

export function makeStore(boot) {
    return reactive(new MyDayStore(boot));
}
