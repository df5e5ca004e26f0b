import {Component, onWillDestroy, onWillStart, useRef, useState} from "@odoo/owl";
import {ConfirmationDialog} from "@web/core/confirmation_dialog/confirmation_dialog";
import {_t} from "@web/core/l10n/translation";
import {useHotkey} from "@web/core/hotkeys/hotkey_hook";
import {usePopover} from "@web/core/popover/popover_hook";
import {registry} from "@web/core/registry";
import {user} from "@web/core/user";
import {useBus, useService} from "@web/core/utils/hooks";
import {Layout} from "@web/search/layout";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {BoardAgenda} from "./board_agenda";
import {BoardChangedDialog} from "./board_changed_dialog";
import {BoardChanges} from "./board_changes";
import {planEvent} from "./board_event_changes";
import {BoardGrid} from "./board_grid";
import {BoardLayout} from "./board_layout";
import {asNow, plannedNow} from "./board_now";
import {BoardOverrideDialog} from "./board_override_dialog";
import {BoardPopover} from "./board_popover";
import {BoardSide} from "./board_side";
import {BoardStore} from "./board_store";
import {BoardToolbar} from "./board_toolbar";
import {formatDay, getZone, parseUtc} from "./board_time";
import {Placing, useDragging} from "./use_placing";
import {useBoardKeys} from "./use_board_keys";

/** The capacity board: who has time, who has too much, and which jobs still wait. */
export class CapacityBoard extends Component {
    static template = "sercom_jobs.CapacityBoard";
    static components = {BoardAgenda, BoardGrid, BoardSide, BoardToolbar, Layout};
    static props = {...standardActionServiceProps};

    setup() {
        this.action = useService("action");
        this.dialog = useService("dialog");
        this.notification = useService("notification");
        this.bus = useService("bus_service");
        this.orm = useService("orm");
        this.ui = useState(useService("ui"));
        this.rootRef = useRef("root");
        this.state = useState({revision: 0, tab: "board"});
        const today = getZone(user.tz).dateOf(Date.now());
        this.store = new BoardStore({
            orm: this.orm,
            today,
            onChange: () => this.state.revision++,
        });
        this.changes = new BoardChanges(this.store);
        this.layout = new BoardLayout(this.store);
        this.placing = new Placing({
            store: this.store,
            layout: this.layout,
            onPlace: (...args) => this.place(...args),
            onReturn: (cargo) =>
                cargo.event ? this.placeEvent(cargo.event, {}) : this.unassign(cargo.block),
        });
        useDragging(this.placing, this.rootRef);
        useBoardKeys(this);
        this.popover = usePopover(BoardPopover, {
            position: "right",
            useBottomSheet: this.ui.isSmall,
        });
        useHotkey("control+z", () => this.undo(), {
            isAvailable: () => Boolean(this.changes.history.last) && !this.placing.isActive,
        });
        useBus(this.ui.bus, "resize", () => this.onResize());
        this.listen();
        onWillStart(() => this.start());
        onWillDestroy(() => this.store.destroy());
    }

    listen() {
        const onMessage = (payload) => this.store.onBusMessage(payload);
        this.bus.subscribe("sercom_board", onMessage);
        this.bus.start();
        // What happened while the line was cut is not told again.
        const onReconnect = () => this.store.markDirty([...this.store.model.employees.keys()]);
        this.bus.addEventListener("BUS:RECONNECT", onReconnect);
        onWillDestroy(() => {
            this.bus.unsubscribe("sercom_board", onMessage);
            this.bus.removeEventListener("BUS:RECONNECT", onReconnect);
        });
    }

    /** Nothing is waited for: the skeleton shows at once. */
    async start() {
        this.store.isSmall = this.ui.isSmall;
        this.focusJobId = this.props.action.context?.board_job_id || false;
        if (this.focusJobId) {
            await this.startOnJob(this.focusJobId);
        }
        this.store.load();
        this.store.tray.reload();
    }

    /** Open on a job: at the day it is planned, or on the free slots for it. */
    async startOnJob(jobId) {
        const [block] = await this.orm.searchRead(
            "sercom.assignment",
            [
                ["fsm_order_id", "=", jobId],
                ["state", "!=", "cancelled"],
            ],
            ["date_start"],
            {limit: 1, order: "date_start"}
        );
        const {tray} = this.store;
        if (block) {
            this.store.settings.date = getZone(user.tz).dateOf(parseUtc(block.date_start));
        } else {
            tray.search = this.props.action.context.board_job_name || "";
        }
        this.store.settings.trayOpen = true;
    }

    get canEdit() {
        return this.store.model.canEdit;
    }

    get isReady() {
        return this.store.status === "ready" || this.store.model.employees.size > 0;
    }

    get isEmpty() {
        return this.store.status === "ready" && !this.store.model.employees.size;
    }

    get hasNoMatch() {
        return Boolean(this.store.search) && !this.store.model.rows(this.store).length;
    }

    get drafts() {
        return this.store.status === "ready" ? this.store.model.drafts : [];
    }

    onResize() {
        if (this.store.isSmall !== this.ui.isSmall) {
            this.store.isSmall = this.ui.isSmall;
            this.store.load();
        }
    }

    onSearch(search) {
        this.store.search = search;
        this.store.onChange();
    }

    showDay(date) {
        this.store.show({scale: "day", date});
    }

    // Blocks

    openBlock(id, el) {
        const block = this.store.model.blocks.get(id);
        if (!block || block.pending) {
            return;
        }
        this.popover.open(el, {
            block,
            employee: this.store.model.employees.get(block.employee_id),
            canEdit: this.canEdit,
            boardZone: this.store.model.zone,
            // A popover hands its own down, a phone's bottom sheet does not.
            close: () => this.popover.close(),
            onOpenJob: ({job_id: jobId}) => this.openJob(jobId),
            onConfirm: (other) => this.confirm([other]),
            onUnassign: (other) => this.unassign(other),
            onDuplicate: (other, days) => this.duplicate(other, days),
        });
    }

    openJob(jobId) {
        this.openForm("fsm.order", jobId);
    }

    openEvent(id) {
        this.openForm("calendar.event", id);
    }

    openForm(model, id) {
        this.action.doAction({
            type: "ir.actions.act_window",
            res_model: model,
            res_id: id,
            views: [[false, "form"]],
        });
    }

    /** Put down what was in hand; a conflict that blocks asks for a reason first. */
    async place(cargo, slot, conflicts) {
        const item = cargo.block || cargo.event;
        const isUnmoved =
            item &&
            slot.start === item.start &&
            slot.end === item.end &&
            slot.employeeId === item.employee_id;
        if (isUnmoved) {
            return;
        }
        if (cargo.event) {
            await this.placeEvent(cargo.event, slot);
            return;
        }
        const run = async (reason) => {
            const outcome = cargo.job
                ? await this.changes.assign(cargo.job, slot, reason)
                : await this.changes.move(cargo.block, slot, reason);
            if (outcome.changed) {
                const again = cargo.job
                    ? (now) => ({...cargo, job: plannedNow(cargo.job, now)})
                    : ([now]) => ({...cargo, block: asNow(cargo.block, now)});
                this.askWhose(
                    outcome.changed,
                    this.placing.describe(slot),
                    (now) => this.place(again(now), slot, []),
                    // Both is one too many, unless the job lacks more people than were planned.
                    cargo.job && {
                        keepLabel: _t("Plan both"),
                        isKeepSafe: cargo.job.missing > outcome.changed.length,
                    }
                );
                return {ok: true};
            }
            return outcome;
        };
        const blocking = conflicts.filter(({level}) => level === "block").map(({text}) => text);
        if (blocking.length) {
            this.askReason(slot, blocking, run);
            return;
        }
        const {ok, message} = await run();
        if (!ok) {
            this.askReason(slot, [message], run);
        }
    }

    askReason(slot, reasons, run) {
        if (!this.store.model.canOverride) {
            this.refuse(reasons.join("\n"));
            return;
        }
        this.dialog.add(BoardOverrideDialog, {
            where: this.placing.describe(slot),
            reasons,
            canOverride: true,
            onBook: run,
        });
    }

    /** Give an appointment to a person, or, without one, back to the tray. */
    async placeEvent(event, {employeeId, start = event.start, end = event.end}) {
        const slot = {employeeId, start, end};
        const outcome = await planEvent(this.changes, event, slot);
        if (outcome.changed) {
            const mine = employeeId ? this.placing.describe(slot) : _t("Back in the jobs to plan");
            this.askWhose(outcome.changed, mine, ([now]) =>
                this.placeEvent({...event, ...asNow(event, now)}, slot)
            );
            return;
        }
        this.report(outcome);
    }

    /**
     * Somebody else was quicker: show what they did, and let the dispatcher choose.
     *
     * @param {Object[]} changed what the server says of it
     * @param {string} mine one's own change, in words
     * @param {(now: Object[]) => void} keep do it all the same, from what there is now
     * @param {Object} [options]
     * @param {string} [options.keepLabel] what that is, where it takes nothing back of theirs
     * @param {boolean} [options.isKeepSafe] whether that is the first choice
     */
    askWhose(changed, mine, keep, options = {}) {
        const now = changed.filter((row) => !row.is_gone).map(({id, seen}) => ({id, ...seen}));
        this.dialog.add(BoardChangedDialog, {
            changed,
            mine,
            ...options,
            onKeep: () => keep(now),
            onTake: () => this.store.markDirty(now.map((row) => row.employee_id).filter(Boolean)),
        });
    }

    refuse(message) {
        this.notification.add(message, {type: "danger", autocloseDelay: 10_000});
    }

    async unassign(block) {
        const done = _t("Back in the jobs to plan");
        const outcome = await this.changes.unassign(block);
        if (outcome.changed) {
            this.askWhose(outcome.changed, done, ([now]) => this.unassign(asNow(block, now)));
            return;
        }
        this.report(outcome, done);
    }

    async confirm(blocks) {
        const outcome = await this.changes.confirm(blocks);
        if (outcome.changed) {
            this.askWhose(outcome.changed, _t("Confirm"), (now) =>
                this.confirm(stillDrafts(blocks, outcome.changed, now))
            );
            return;
        }
        this.report(outcome);
    }

    async duplicate(block, days) {
        const outcome = await this.changes.duplicate(block, days);
        this.report(outcome, _t("Copied to %s", formatDay(outcome.date, "cccc d LLLL")));
    }

    confirmDrafts() {
        const {drafts} = this;
        this.dialog.add(ConfirmationDialog, {
            title: _t("Confirm the drafts"),
            body: _t(
                "%s drafts of this period will be confirmed. Each person gets the visit in their calendar.",
                drafts.length
            ),
            confirmLabel: _t("Confirm"),
            confirm: () => this.confirm(drafts),
            cancel: () => {},
        });
    }

    async book(job, slot) {
        const outcome = await this.changes.book(job, slot.proposal);
        if (outcome.ok) {
            this.placing.preview(null);
            this.store.tray.closeSlots();
            if (!this.store.model.dates.includes(slot.date)) {
                this.store.show({date: slot.date});
            }
        }
        this.report(
            outcome,
            _t("%(job)s booked: %(names)s, %(day)s %(time)s", {
                job: job.client || job.name,
                names: slot.names,
                day: slot.day,
                time: slot.time,
            })
        );
    }

    preview(slot) {
        this.placing.preview(slot);
    }

    async showSlot(slot) {
        if (!this.store.model.dates.includes(slot.date)) {
            await this.store.show({date: slot.date});
            await Promise.resolve();
        }
        this.preview(slot);
    }

    /** @param {{ok: boolean, message?: string}} outcome */
    report({ok, message}, done) {
        if (!ok) {
            this.refuse(message);
        } else if (done) {
            this.notification.add(done, {
                type: "success",
                buttons: this.changes.history.last && [
                    {name: _t("Undo"), onClick: () => this.undo()},
                ],
            });
        }
    }

    async undo() {
        const {label, message} = await this.changes.undo();
        if (message) {
            this.refuse(message);
        } else if (label) {
            this.notification.add(_t("Undone: %s", label), {type: "info"});
        }
    }
}

/** The drafts among blocks of which some have changed: those that are gone or confirmed are none. */
function stillDrafts(blocks, changed, now) {
    const others = new Set(changed.map(({id}) => id));
    const values = new Map(now.map((row) => [row.id, row]));
    return blocks
        .filter(({id}) => !others.has(id) || values.get(id)?.state === "draft")
        .map((block) => (values.has(block.id) ? asNow(block, values.get(block.id)) : block));
}

registry.category("actions").add("sercom_capacity_board", CapacityBoard);
