/**
 * The board by keyboard: arrows from block to block, Enter opens, M takes in hand; then arrows
 * move it, Enter puts it down, Escape leaves it.
 */
import {useExternalListener} from "@odoo/owl";

const ARROWS = new Set(["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"]);

/** @param {CapacityBoard} board */
export function useBoardKeys(board) {
    const {store, layout, placing} = board;

    function onBlockKey(ev, block) {
        if (ARROWS.has(ev.key)) {
            const next = layout.placement.nextBlock(block, ev.key);
            if (next) {
                layout.grid.focusBlock(next);
            }
            return true;
        }
        if (ev.key === "Enter" || ev.key === " ") {
            board.openBlock(block.id, ev.target);
            return true;
        }
        if (!store.model.canEdit || block.state === "done" || block.job_state === "done") {
            return false;
        }
        if (ev.key.toLowerCase() === "m") {
            placing.pick({kind: "block", block});
            return true;
        }
        if (ev.key === "Delete" || ev.key === "Backspace") {
            board.unassign(block);
            return true;
        }
        return false;
    }

    /** From the board itself, an arrow leads to the block that had the focus, or the first. */
    function enter() {
        const {focused} = layout.grid;
        const first = layout.rows.find((row) => row.employee?.blocks.length);
        const block = store.model.blocks.get(focused.blockId) || first?.employee.blocks[0];
        if (block) {
            layout.grid.focusBlock(block);
        }
        return Boolean(block);
    }

    function onKeydown(ev) {
        const {el} = board.rootRef;
        if (!el?.contains(ev.target) || ev.ctrlKey || ev.metaKey || ev.altKey) {
            return;
        }
        let isHandled = false;
        if (placing.isByKeys) {
            const id = placing.state.cargo.block?.id;
            isHandled = placing.key(ev);
            const block = !placing.isActive && id && store.model.blocks.get(id);
            if (block) {
                layout.grid.focusBlock(block);
            }
        } else if (!placing.isActive) {
            const id = Number(ev.target.dataset.blockId);
            const block = id && store.model.blocks.get(id);
            if (block) {
                isHandled = onBlockKey(ev, block);
            } else if (ev.target.classList.contains("o_scb_scroll") && ARROWS.has(ev.key)) {
                isHandled = enter();
            }
        }
        if (isHandled) {
            ev.preventDefault();
            ev.stopPropagation();
        }
    }

    // Before Odoo's own hotkeys, which would take the arrows and Escape.
    useExternalListener(window, "keydown", onKeydown, {capture: true});
}
