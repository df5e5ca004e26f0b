import {markRaw, reactive} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";

import {applyActions} from "./actions";
import {endDay} from "./crew";
import {Drafts} from "./drafts";
import "./drafts_collector";
import {toDate, toText} from "./format";
import {Locator} from "./locator";
import {Navigation} from "./navigation";
import {Outbox} from "./outbox";
import {tellOnMyWay} from "./on_my_way";
import {loaderRegistry} from "./registries";
import {PhoneClock} from "./phone_clock";
import {findPlace, isOver, listVisits} from "./places";
import {Push} from "./push";
import {callServer, NoNetworkError, RefusedError, SignedOutError} from "./server";
import {forgetPage, getSignedInUserId} from "./session";
import {signOut} from "./sign_out";
import {Storage} from "./storage";

const DAYS = 8; // today and the coming week
const REFRESH = 120000; // milliseconds
const OFFLINE_REFRESH = 15000;
// A second tap within this time (milliseconds) is the same one; a second punch within more.
const SAME_TAP = 700;
const SAME_PUNCH = 2000;

/**
 * The page's data and what the technician does with it.
 *
 * `base` is what the server told last; `shown` is the same with the outbox applied, and what the
 * screens draw. Both are renewed as a whole.
 */
export class MyDayStore extends Navigation {
    constructor(boot) {
        super();
        this.user = boot.user;
        this.storage = markRaw(new Storage(boot.user.id, boot.secret));
        this.base = markRaw({day: null, jobs: {}, offset: 0});
        this.shown = markRaw({day: null, jobs: {}, clock: false});
        this.outbox = markRaw([]);
        this.foreign = 0; // how much of others waits on this phone to be sent
        this.connection = navigator.onLine === false ? "no_network" : "online";
        this.closedBy = ""; // why the page shows nothing: `signed_out` or `other_user`
        this.isLoading = true;
        this.drafts = new Drafts(this.storage);
        this.locator = new Locator(this.storage, boot.user.has_position);
        this.push = new Push(boot.push_key);
        this.now = Date.now();
        this.lastTaps = {};
        this.goneJobId = 0;
        this.clock = markRaw(new PhoneClock());
        this.holdTimes = {photo: 6000, on_my_way: 8000}; // milliseconds before they are sent
        this.proposals = 0; // of hours that were sent: what is known of them is old
        this.progress = {}; // uuid → how much of a photo has arrived, 0 to 1
    }

    async start() {
        this.storage.onFull = () => this.notifyFull();
        if (!this.checkSession()) {
            return;
        }
        const self = this;
        const queue = new Outbox(this.storage, {
            change: (actions) => {
                self.outbox = markRaw([...actions]);
                self.foreign = queue.foreign;
                self.render();
            },
            done: (action, message) => self.onDone(action, message),
            refused: (action) => self.drafts.restore(action),
            sent: () => self.refresh(),
            state: (name) => self.onConnection(name),
            progress: (uuid, part) => (self.progress = {...self.progress, [uuid]: part}),
        });
        this.queue = markRaw(queue);
        await this.storage.dropData({keepOwn: true});
        const kept = await this.storage.read("base");
        if (kept) {
            this.base = markRaw(kept);
            this.clock = markRaw(new PhoneClock(kept.offset));
        }
        await this.locator.load();
        await this.drafts.load();
        await this.queue.load();
        if (!(await this.storage.isLasting())) {
            this.notify(
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

    // Session

    /** Whether the page is still that of the phone's session; it shows nothing from then on. */
    checkSession() {
        const userId = getSignedInUserId();
        if (userId !== this.user.id) {
            this.close(userId ? "other_user" : "signed_out");
        }
        return !this.closedBy;
    }

    /** Show nothing any more, and take the kept page off the phone. */
    close(reason) {
        if (this.closedBy) {
            return;
        }
        this.closedBy = reason;
        clearTimeout(this.timer);
        this.queue?.stop();
        this.base = markRaw({day: null, jobs: {}, offset: 0});
        this.outbox = markRaw([]);
        this.dropDialogs();
        this.render();
        forgetPage();
    }

    onConnection(name) {
        this.connection = name;
        if (name === "other_user") {
            this.close(name);
        }
    }

    signOut() {
        return signOut(this);
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
        if (this.closedBy) {
            return;
        }
        if (this.isRefreshing) {
            this.isStale = true; // what is on its way may be older than what was just sent
            return;
        }
        this.isRefreshing = true;
        this.isStale = false;
        try {
            const day = await callServer("get_day", {days: DAYS});
            if (day.user.id !== this.user.id) {
                this.onConnection("other_user");
            }
            if (this.closedBy) {
                return;
            }
            const offset = toDate(day.now).getTime() - Date.now();
            this.clock.learn(offset);
            if (!this.base.day) {
                await this.keep({...this.base, day, offset}); // a new phone need not wait for more
            }
            const wanted = this.getJobsToKeep(day);
            const jobs = wanted.length ? await callServer("get_jobs", {job_ids: wanted}) : [];
            const byId = Object.fromEntries(jobs.map((job) => [job.id, job]));
            await this.keep({...this.base, day, jobs: byId, offset});
            this.connection = "online";
            for (const load of loaderRegistry.getAll()) {
                if (this.closedBy) {
                    return;
                }
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
            if (!this.closedBy) {
                const wait = this.connection === "no_network" ? OFFLINE_REFRESH : REFRESH;
                this.timer = setTimeout(() => this.refresh(), this.isStale ? 0 : wait);
            }
        }
    }

    /** Jobs of today and tomorrow, and the one that is open now. */
    getJobsToKeep(day) {
        const visits = day.days.slice(0, 2).flatMap((one) => one.visits);
        const ids = new Set(visits.map((visit) => visit.job_id));
        const known = new Set(listVisits({day}).map((visit) => visit.job_id));
        if (known.has(this.screen.jobId)) {
            ids.add(this.screen.jobId);
        }
        return [...ids];
    }

    async keep(base) {
        if (this.closedBy) {
            return; // it came after the page was closed
        }
        this.base = markRaw(base);
        this.render();
        await this.storage.write("base", base);
    }

    async loadJob(jobId) {
        try {
            const [job] = await callServer("get_jobs", {job_ids: [jobId]});
            if (job) {
                await this.keep({...this.base, jobs: {...this.base.jobs, [jobId]: job}});
            }
        } catch (error) {
            if (error instanceof RefusedError) {
                this.goneJobId = jobId; // given to somebody else, or deleted
            } else {
                this.onFailure(error);
            }
        }
    }

    onFailure(error) {
        if (this.closedBy) {
            return; // nothing is there any more for what was under way
        }
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
        const {day, jobs, hours} = applyActions(this.base, [action], this.base.offset);
        this.keep({...this.base, day, jobs, hours});
        this.proposals += ["correction", "entry_job"].includes(action.kind);
        this.drafts.settle(action);
        if (message) {
            this.notify(message);
        }
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
        if (this.isOtherPunch()) {
            await this.recordPunch(punch, vals);
        }
    }

    async endDay() {
        if (this.isOtherPunch()) {
            await endDay(this);
        }
    }

    /** Whether a punch is no second tap of the one before; what may have been meant is not silent. */
    isOtherPunch() {
        const passed = Date.now() - (this.lastTaps.punch || 0);
        const isSame = this.isSameTap("punch", SAME_PUNCH);
        if (isSame && passed >= SAME_TAP) {
            this.notify(_t("Tapped twice? Only the first tap counts. Tap again to change it."));
        }
        return !isSame;
    }

    /** As `punch`, also right after another one. */
    async recordPunch(punch, vals) {
        const moment = toText(new Date()); // of the tap, not of the answer to a question
        const getPosition = await this.locator.getPosition((question) => this.ask(question));
        await this.act({kind: "punch", punch, moment, ...vals}, getPosition?.());
    }

    /**
     * Keep an action and send it; `undefined` when the phone cannot keep it.
     *
     * @param {Object} vals `kind` and what it asks for; `draft`, what it takes out of the drafts
     * @param {Promise} [position]
     * @param {number} [hold] milliseconds in which it can be taken back
     */
    async act(vals, position, hold) {
        try {
            const place = this.getJobName(vals.job_id); // still known when the job is gone
            const stamped = {...this.clock.stamp(), ...vals, place};
            const action = await this.queue.add(stamped, position, hold);
            this.drafts.settle(action);
            return action;
        } catch (error) {
            // A photo that cannot be read: nothing may look saved that is not.
            reportError(error);
            this.notify(_t("The phone could not keep this. Try again."), true);
            return undefined;
        }
    }

    /** Whether the client of a visit may still be told that somebody is on the way. */
    canTell(visit, jobState) {
        const {clock} = this.shown;
        const isThere =
            clock?.since && clock.job_id === visit.job_id && clock.work_type !== "travel";
        return !isThere && !visit.on_my_way_on && !isOver(jobState);
    }

    onMyWay(visit) {
        return tellOnMyWay(this, visit);
    }

    /** Forget what was refused, once it was read. */
    async dismiss(action) {
        const isSure =
            action.isProposed ||
            (await this.ask({
                title: _t("Take this away?"),
                text: _t("It was not saved, and the phone forgets it."),
                yes: _t("Take away"),
                no: _t("Keep"),
            }));
        if (isSure) {
            await this.queue.dismiss(action);
        }
    }

    /** Look where the phone is, to show distances. */
    async updateDistances() {
        if (!(await this.locator.update())) {
            this.notify(_t("The phone does not say where it is. Allow it in its settings."), true);
        }
    }

    // Words

    getPlace(jobId) {
        return findPlace(this.shown, jobId);
    }

    getClient(jobId) {
        return this.getPlace(jobId)?.client || "";
    }

    getJobName(jobId) {
        const place = this.getPlace(jobId);
        return place ? [place.name, place.client].filter(Boolean).join(" · ") : "";
    }
}

export function makeStore(boot) {
    return reactive(new MyDayStore(boot));
}
