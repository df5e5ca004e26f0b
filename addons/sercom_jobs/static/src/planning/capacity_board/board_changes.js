/**
 * What a dispatcher does on the board: each change shows at once, is written, and taken back on
 * the screen when the server refuses it, or when somebody else has changed the same meanwhile. Each
 * can be undone, unless someone else has touched the block since.
 */
import {_t} from "@web/core/l10n/translation";
import {RPCError} from "@web/core/network/rpc";
import {BoardHistory} from "./board_history";
import {HOUR, addDays, formatUtc} from "./board_time";

export const ASSIGNMENT = "sercom.assignment";
const REFUSALS = new Set([
    "odoo.exceptions.ValidationError",
    "odoo.exceptions.UserError",
    "odoo.exceptions.AccessError",
    "odoo.exceptions.MissingError",
]);

/** The server's message when it refused on purpose; `undefined` when something broke. */
export function refusal(error) {
    if (error instanceof RPCError && REFUSALS.has(error.exceptionName || error.data?.name)) {
        return error.data?.message || error.message;
    }
    return undefined;
}

/** Somebody else has changed what one is changing; `changed` says what, see the server's methods. */
export class ChangedError extends Error {
    constructor(changed) {
        super();
        this.changed = changed;
    }
}

export class BoardChanges {
    /**
     * @param {BoardStore} store
     */
    constructor(store) {
        this.store = store;
        this.history = new BoardHistory();
        this.nextTemporaryId = -1;
    }

    get orm() {
        return this.store.orm;
    }

    get model() {
        return this.store.model;
    }

    /**
     * Show a change, write it, and on a refusal show again what was there.
     *
     * @param {Object} change
     * @param {number[]} change.blockIds blocks it touches
     * @param {number[]} change.employeeIds people whose rows it touches
     * @param {() => void} [change.show] change the model
     * @param {() => void} [change.hide] change back what `blockIds` do not name
     * @param {() => Promise} change.write
     * @returns {Promise<{ok: boolean, result: any, message?: string, changed?: Object[]}>}
     */
    async _run({blockIds, employeeIds, show, hide, write}) {
        const {store, model} = this;
        const before = blockIds.map((id) => model.blocks.get(id)).filter(Boolean);
        const jobs = store.tray.jobs;
        const total = store.tray.total;
        store.pending++;
        store.changes++;
        show?.();
        store.onChange();
        try {
            return {ok: true, result: await write()};
        } catch (error) {
            blockIds.forEach((id) => model.removeBlock(id));
            before.forEach((block) => model.putBlock(block));
            Object.assign(store.tray, {jobs, total});
            hide?.();
            if (error instanceof ChangedError) {
                const others = error.changed.map(({seen}) => seen.employee_id).filter(Boolean);
                employeeIds = [...employeeIds, ...others];
                return {ok: false, changed: error.changed};
            }
            const message = refusal(error);
            if (message === undefined) {
                throw error;
            }
            return {ok: false, message};
        } finally {
            store.pending--;
            store.changes++;
            store.onChange();
            store.markDirty(employeeIds);
        }
    }

    /** Write values into blocks, unless they are no longer as the board shows them. */
    async _write(blocks, vals) {
        const changed = await this.orm.call(ASSIGNMENT, "write_if_unchanged", [
            blocks.map(({id}) => id),
            Object.fromEntries(blocks.map((block) => [block.id, seenVals(block)])),
            vals,
        ]);
        if (changed?.length) {
            throw new ChangedError(changed);
        }
    }

    /**
     * Give a job of the tray to a person, unless somebody else has given it meanwhile.
     *
     * @param {Object} job
     * @param {{employeeId: number, start: number, end?: number}} slot
     * @param {string} [reason] why it is booked in spite of a conflict
     */
    async assign(job, {employeeId, start, end = start + (job.hours || 1) * HOUR}, reason) {
        const id = this.nextTemporaryId--;
        const outcome = await this._run({
            blockIds: [id],
            employeeIds: [employeeId],
            show: () => {
                this.model.putBlock(draft(id, job, {employeeId, start, end}));
                this.store.tray.take(job);
            },
            write: async () => {
                const vals = {...slotVals({employeeId, start, end}), fsm_order_id: job.id};
                const {ids, changed} = await this.orm.call(ASSIGNMENT, "create_if_unchanged", [
                    job.id,
                    job.planned_ids || [],
                    [{...vals, ...why(reason)}],
                ]);
                if (changed.length) {
                    throw new ChangedError(changed);
                }
                const [created] = ids;
                const block = this.model.blocks.get(id);
                this.model.removeBlock(id);
                if (block) {
                    this.model.putBlock({...block, id: created, pending: false});
                }
                return created;
            },
        });
        if (outcome.ok) {
            const label = _t("Assign %(job)s", {job: job.client || job.name});
            this.history.push(label, () => this._undoCreate([outcome.result], [employeeId]));
        }
        return outcome;
    }

    /**
     * Book a proposed slot: everyone it names, or nobody.
     *
     * @param {Object} job
     * @param {Object} proposal an answer of `find_slots`
     */
    async book(job, proposal) {
        const {employee_ids: employeeIds} = proposal;
        const outcome = await this._run({
            blockIds: [],
            employeeIds,
            write: () =>
                this.orm.call("sercom.scheduler", "book_slot", [job.id, proposal], {
                    seen_ids: job.planned_ids || [],
                }),
        });
        if (outcome.ok) {
            const label = _t("Book %(job)s", {job: job.client || job.name});
            this.history.push(label, () => this._undoCreate(outcome.result, employeeIds));
        }
        return outcome;
    }

    /** Move, resize or hand over: whatever differs from the block's present place is written. */
    async move(block, {employeeId = block.employee_id, start, end}, reason) {
        const after = {...block, employee_id: employeeId, start, end};
        const isResized = end - start !== block.end - block.start;
        if (isSamePlace(block, after)) {
            return {ok: true};
        }
        if (isResized) {
            after.planned_hours = (block.planned_hours * (end - start)) / (block.end - block.start);
        }
        const vals = {};
        if (employeeId !== block.employee_id) {
            vals.employee_id = employeeId;
        }
        if (start !== block.start) {
            vals.date_start = formatUtc(start);
        }
        if (isResized) {
            vals.date_start = formatUtc(start);
            vals.date_end = formatUtc(end);
        }
        const employeeIds = [block.employee_id, employeeId];
        const outcome = await this._run({
            blockIds: [block.id],
            employeeIds,
            show: () => this.model.putBlock({...after, pending: true}),
            write: async () => {
                await this._write([block], {...vals, ...why(reason)});
                const now = this.model.blocks.get(block.id);
                if (now) {
                    this.model.putBlock({...now, pending: false});
                }
            },
        });
        if (outcome.ok) {
            const job = block.client || block.job;
            const label = isResized ? _t("Resize %(job)s", {job}) : _t("Move %(job)s", {job});
            const back = {
                employee_id: block.employee_id,
                date_start: formatUtc(block.start),
                date_end: formatUtc(block.end),
                planned_hours: block.planned_hours,
                ...(reason && {conflict_override: block.override}),
            };
            this.history.push(label, async () => {
                await this._checkUntouched(block.id, after);
                await this._undoRun(employeeIds, () => this._write([after], back), job);
            });
        }
        return outcome;
    }

    /** Back to the tray: the block is cancelled, its slot free. */
    async unassign(block) {
        const outcome = await this._run({
            blockIds: [block.id],
            employeeIds: [block.employee_id],
            show: () => this.model.removeBlock(block.id),
            write: () => this._write([block], {state: "cancelled"}),
        });
        if (outcome.ok) {
            const label = _t("Unassign %(job)s", {job: block.client || block.job});
            this.history.push(label, () =>
                this._undoRun([block.employee_id], async () => {
                    await this.orm.call(ASSIGNMENT, "action_draft", [[block.id]]);
                    if (block.state === "confirmed") {
                        await this.orm.call(ASSIGNMENT, "action_confirm", [[block.id]]);
                    }
                })
            );
        }
        return outcome;
    }

    async confirm(blocks) {
        return this._run({
            blockIds: blocks.map((block) => block.id),
            employeeIds: blocks.map((block) => block.employee_id),
            show: () => blocks.forEach((b) => this.model.putBlock({...b, state: "confirmed"})),
            write: () => this._write(blocks, {state: "confirmed"}),
        });
    }

    /** The same block again a day or a week later, at the same local time. */
    async duplicate(block, days) {
        const {zone} = this.model.employees.get(block.employee_id);
        const date = addDays(zone.dateOf(block.start), days);
        const outcome = await this._run({
            blockIds: [],
            employeeIds: [block.employee_id],
            write: () =>
                this.orm.call(
                    ASSIGNMENT,
                    days === 7 ? "action_copy_next_week" : "action_copy_next_day",
                    [[block.id]]
                ),
        });
        if (outcome.ok) {
            const label = _t("Copy %(job)s", {job: block.client || block.job});
            const employeeIds = [block.employee_id];
            this.history.push(label, () => this._undoCreate(outcome.result, employeeIds));
        }
        return {...outcome, date};
    }

    // Undo

    /**
     * Take the last change back.
     *
     * @returns {Promise<{label?: string, message?: string}>} what was undone, or why it was not
     */
    async undo() {
        const label = this.history.last?.label;
        try {
            await this.history.undo();
        } catch (error) {
            const message = error instanceof TouchedError ? error.message : refusal(error);
            if (message === undefined) {
                throw error;
            }
            return {message};
        } finally {
            this.store.onChange();
        }
        return {label};
    }

    async _undoRun(employeeIds, write, name) {
        const {store} = this;
        store.pending++;
        store.changes++;
        try {
            await write();
        } catch (error) {
            throw error instanceof ChangedError ? new TouchedError(touched(name)) : error;
        } finally {
            store.pending--;
            store.changes++;
            store.markDirty(employeeIds);
        }
    }

    async _undoCreate(ids, employeeIds) {
        await this._undoRun(employeeIds, async () => {
            const records = await this.orm.read(ASSIGNMENT, ids, ["state"]);
            const drafts = records.filter(({state}) => state === "draft").map(({id}) => id);
            const others = records.filter(({state}) => state === "confirmed").map(({id}) => id);
            if (drafts.length) {
                await this.orm.unlink(ASSIGNMENT, drafts);
            }
            if (others.length) {
                await this.orm.call(ASSIGNMENT, "action_cancel", [others]);
            }
            ids.forEach((id) => this.model.removeBlock(id));
        });
    }

    /** Undo never overwrites what someone else has done to the block in the meantime. */
    async _checkUntouched(id, after) {
        const [record] = await this.orm.read(
            ASSIGNMENT,
            [id],
            ["employee_id", "date_start", "date_end"]
        );
        const isUntouched =
            record &&
            record.employee_id[0] === after.employee_id &&
            record.date_start === formatUtc(after.start) &&
            record.date_end === formatUtc(after.end);
        if (!isUntouched) {
            this.store.markDirty([after.employee_id]);
            throw new TouchedError(touched(after.client || after.job));
        }
    }
}

class TouchedError extends Error {}

const touched = (job) =>
    _t("%(job)s was changed by someone else since. Nothing was undone.", {job});

const isSamePlace = (a, b) =>
    a.employee_id === b.employee_id && a.start === b.start && a.end === b.end;

const why = (reason) => (reason ? {conflict_override: true, override_reason: reason} : {});

export const slotVals = ({employeeId, start, end}) => ({
    employee_id: employeeId,
    date_start: formatUtc(start),
    date_end: formatUtc(end),
});

/** What of a block the board shows, as the server is told. */
const seenVals = ({employee_id, start, end, state}) => ({
    employee_id,
    date_start: formatUtc(start),
    date_end: formatUtc(end),
    state,
});

/** The block that shows until the server has made the real one. */
function draft(id, job, {employeeId, start, end}) {
    const {subject, client, city, priority, sla_status, request_early, request_late} = job;
    return {
        ...{id, start, end, subject, client, city, priority, sla_status},
        ...{request_early, request_late},
        employee_id: employeeId,
        job_id: job.id,
        job: job.name,
        state: "draft",
        job_state: "to_plan",
        planned_hours: (end - start) / HOUR,
        is_leader: false,
        override: false,
        warning: "",
        note: "",
        pending: true,
    };
}
