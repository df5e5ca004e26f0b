/**
 * Something in hand, by pointer or by keys: where it would go, what speaks against it, and what
 * happens when it is let go.
 */
import {markRaw, reactive} from "@odoo/owl";
import {browser} from "@web/core/browser/browser";
import {_t} from "@web/core/l10n/translation";
import {useBoardDrag} from "./use_board_drag";
import {findConflicts} from "./board_conflicts";
import {wishLabel} from "./board_labels";
import {cargoItem} from "./board_placement";
import {HOUR, formatDay, formatHours} from "./board_time";

const EXPLAIN_DELAY = 250;
const EMPTY = {
    cargo: null,
    slot: null,
    rect: null,
    point: null,
    conflicts: [],
    overTray: false,
    title: "",
    where: "",
    wish: "",
    band: null,
    spoken: "",
    preview: false,
};

export class Placing {
    /**
     * @param {Object} params
     * @param {BoardStore} params.store
     * @param {BoardLayout} params.layout
     * @param {(cargo: Object, slot: Object, conflicts: Object[]) => void} params.onPlace
     * @param {(cargo: Object) => void} params.onReturn a block or an appointment let go over the
     *   tray
     */
    constructor({store, layout, onPlace, onReturn}) {
        Object.assign(this, {store, layout, onPlace, onReturn});
        this.state = reactive({...EMPTY});
        this.asked = 0;
    }

    get isActive() {
        return Boolean(this.state.cargo);
    }

    get isByKeys() {
        return this.isActive && !this.state.point;
    }

    _begin(cargo) {
        this.store.hold();
        const item = cargoItem(cargo);
        const {event} = cargo;
        Object.assign(this.state, {
            ...EMPTY,
            cargo: markRaw(cargo),
            title: event ? event.name : item.client || item.job || item.name,
            wish: wishLabel(item, this.store.model.zone),
            band: this.layout.placement.windowBand(item),
        });
    }

    // By pointer

    start(cargo, point) {
        this._begin(cargo);
        const {x} = this.layout.grid.toTimeline(point);
        this.grip = {x, moment: 0};
        if (cargo.kind === "block" && this.layout.scale === "day") {
            this.grip.moment = this.layout.axis.momentAt(x) - cargo.block.start;
        } else if (cargo.event?.employee_id && this.layout.scale === "day") {
            this.grip.moment = this.layout.axis.momentAt(x) - cargo.event.start;
        }
        this.move(point);
    }

    move({x, y}) {
        const {cargo} = this.state;
        this.state.point = {x, y};
        const tray = document.querySelector(".o_scb_side")?.getBoundingClientRect();
        const isOverTray =
            tray && x >= tray.left && x <= tray.right && y >= tray.top && y <= tray.bottom;
        const isPlaced = cargo.kind === "block" || cargo.event?.employee_id;
        this.state.overTray = Boolean(isOverTray && isPlaced);
        const at = this.layout.grid.toTimeline({x, y});
        const isAway = !at.isOver && cargo.kind !== "resize";
        this.target(isAway ? null : this.layout.placement.slotAt(cargo, at, this.grip));
    }

    drop() {
        const {cargo, slot, overTray, conflicts} = this.state;
        this.cancel();
        if (overTray) {
            this.onReturn(cargo);
        } else if (slot) {
            this.onPlace(cargo, slot, conflicts);
        }
    }

    cancel() {
        browser.clearTimeout(this.timer);
        this.asked++;
        Object.assign(this.state, EMPTY);
        this.store.release();
    }

    // By keys

    /** Take a block or a job in hand with the keyboard. */
    pick(cargo) {
        const {placement} = this.layout;
        const {block} = cargo;
        const slot = block
            ? {employeeId: block.employee_id, start: block.start, end: block.end}
            : placement.firstSlot(cargo);
        if (!slot) {
            return;
        }
        this._begin(cargo);
        this.target(slot);
        this.layout.grid.reveal(this.state.rect);
    }

    /** @returns {boolean} whether the key meant something */
    key({key, shiftKey}) {
        if (key === "Escape") {
            this.cancel();
        } else if (key === "Enter") {
            this.drop();
        } else {
            const slot = this.layout.placement.slotAfter(this.state.slot, key, shiftKey);
            if (!slot) {
                return false;
            }
            this.target(slot);
            this.layout.grid.reveal(this.state.rect);
        }
        return true;
    }

    // The slot

    target(slot) {
        const {state} = this;
        if (isSame(slot, state.slot)) {
            return;
        }
        browser.clearTimeout(this.timer);
        const asked = ++this.asked;
        if (!slot) {
            Object.assign(state, {slot: null, rect: null, conflicts: [], where: ""});
            return;
        }
        const {cargo} = state;
        const item = cargoItem(cargo);
        const request = {...slot, blockId: cargo.block?.id, eventId: cargo.event?.id, wish: item};
        const conflicts = findConflicts(this.store.model, request);
        const where = this.describe(slot);
        const rect = this.layout.placement.rectangle(slot);
        Object.assign(state, {slot, rect, conflicts, where});
        state.spoken = [where, ...conflicts.map(({text}) => text)].join(". ");
        const jobId = cargo.job?.id || cargo.block?.job_id;
        if (!jobId) {
            return;
        }
        this.timer = browser.setTimeout(async () => {
            try {
                const known = await this.store.explain({...request, jobId});
                if (asked === this.asked) {
                    state.conflicts = known;
                    state.spoken = [where, ...known.map(({text}) => text)].join(". ");
                }
            } catch {
                // What the board itself knows stays; the server judges the drop in any case.
            }
        }, EXPLAIN_DELAY);
    }

    describe({employeeId, start, end}) {
        const {name, zone} = this.store.model.employees.get(employeeId);
        return _t("%(person)s, %(day)s %(time)s (%(hours)s h)", {
            person: name,
            day: formatDay(zone.dateOf(start), "ccc d LLL"),
            time: zone.formatRange(start, end),
            hours: formatHours((end - start) / HOUR),
        });
    }

    /** Show on the board where a proposed slot is, without taking anything in hand. */
    preview(slot) {
        if (this.isActive) {
            return;
        }
        const rect = slot && this.layout.placement.rectangle(slot);
        Object.assign(this.state, {...EMPTY, preview: Boolean(rect), rect: rect || null});
        if (rect) {
            this.layout.grid.reveal(rect);
        }
    }
}

const isSame = (a, b) =>
    a === b || (a && b && a.employeeId === b.employeeId && a.start === b.start && a.end === b.end);

/** The appointment at an element of the tray, or of a person's row. */
function takeEvent({model, tray}, target) {
    const element = target.closest("[data-event-id]");
    if (!element) {
        return null;
    }
    const id = Number(element.dataset.eventId);
    const row = element.closest("[data-employee-id]");
    return row ? model.getAppointment(id, Number(row.dataset.employeeId)) : tray.getEvent(id);
}

/**
 * Let what is in hand follow the pointer.
 *
 * @param {Placing} placing
 * @param {{el: HTMLElement}} rootRef
 */
export function useDragging(placing, rootRef) {
    const {store, layout} = placing;
    useBoardDrag({
        rootRef,
        take(target) {
            if (!store.model.canEdit || placing.isActive || target.closest("button, a, input")) {
                return null;
            }
            const card = target.closest("[data-job-id]");
            const job = card && store.tray.get(Number(card.dataset.jobId));
            if (job) {
                return {kind: "job", job};
            }
            const event = takeEvent(store, target);
            if (event) {
                return event.is_private || event.pending ? null : {kind: "event", event};
            }
            const element = target.closest(".o_scb_scroll [data-block-id]");
            const block = element && store.model.blocks.get(Number(element.dataset.blockId));
            if (!block || block.state === "done" || block.job_state === "done" || block.pending) {
                return null;
            }
            const {edge} = target.dataset;
            return edge ? {kind: "resize", block, edge} : {kind: "block", block};
        },
        onStart: (cargo, point) => placing.start(cargo, point),
        onMove: (point) => placing.move(point),
        onDrop: () => placing.drop(),
        onCancel: () => placing.cancel(),
        autoScroll: (point) => layout.grid.autoScroll(point),
    });
}
