/**
 * Dragging with pointer events: mouse, pen, and a finger after a long press (a quick move scrolls).
 *
 * One listener for the whole board finds what is taken: elements with `data-block-id`,
 * `data-edge` in one, or `data-job-id`.
 */
import {onMounted, onWillUnmount} from "@odoo/owl";
import {browser} from "@web/core/browser/browser";

const THRESHOLD = 5;
const FINGER_SLACK = 10;
const LONG_PRESS = 300;
/** A click is the drag's own when it is where it was let go; pointers are told with fractions. */
const SAME_POINT = 2;

/**
 * @param {Object} params
 * @param {{el: HTMLElement}} params.rootRef
 * @param {(target: HTMLElement) => Object|null} params.take what is taken at an element, if anything
 * @param {(cargo: Object, point: Object) => void} params.onStart
 * @param {(point: {x: number, y: number}) => void} params.onMove also called on each frame while
 *   it scrolls by itself
 * @param {() => void} params.onDrop
 * @param {() => void} params.onCancel
 * @param {(point: Object) => boolean} params.autoScroll scrolls if the point is near an edge; says
 *   whether it did
 */
export function useBoardDrag({rootRef, take, onStart, onMove, onDrop, onCancel, autoScroll}) {
    let grip = null;
    let frame = null;
    let isDragging = false;
    let dropPoint = null;

    const listeners = [
        ["pointermove", onPointerMove],
        ["pointerup", onPointerUp],
        ["pointercancel", cancel],
        ["keydown", onKeydown],
        ["blur", onBlur],
    ];

    function onPointerDown(ev) {
        if (ev.button || grip) {
            return;
        }
        const cargo = take(ev.target);
        if (!cargo) {
            return;
        }
        grip = {cargo, pointer: ev.pointerId, x: ev.clientX, y: ev.clientY};
        if (ev.pointerType === "touch") {
            grip.timer = browser.setTimeout(() => start(), LONG_PRESS);
        }
        listeners.forEach(([name, listener]) => window.addEventListener(name, listener, true));
    }

    function start() {
        grip.timer = undefined;
        isDragging = true;
        try {
            rootRef.el.setPointerCapture(grip.pointer);
        } catch {
            // A pointer that is gone, or made by a script: the window hears it all the same.
        }
        onStart(grip.cargo, {x: grip.x, y: grip.y});
        frame = browser.requestAnimationFrame(onFrame);
    }

    function onFrame() {
        if (isDragging) {
            if (autoScroll(grip)) {
                onMove(grip);
            }
            frame = browser.requestAnimationFrame(onFrame);
        }
    }

    function onPointerMove(ev) {
        if (ev.pointerId !== grip?.pointer) {
            return;
        }
        const distance = Math.hypot(ev.clientX - grip.x, ev.clientY - grip.y);
        if (!isDragging) {
            if (grip.timer !== undefined) {
                if (distance > FINGER_SLACK) {
                    end();
                }
                return;
            }
            if (distance < THRESHOLD) {
                return;
            }
            start();
        }
        ev.preventDefault();
        grip.x = ev.clientX;
        grip.y = ev.clientY;
        onMove(grip);
    }

    function onPointerUp(ev) {
        if (ev.pointerId !== grip?.pointer) {
            return;
        }
        const hasDropped = isDragging;
        if (hasDropped) {
            grip.x = ev.clientX;
            grip.y = ev.clientY;
            onMove(grip);
        }
        end();
        if (hasDropped) {
            onDrop();
        }
    }

    function onKeydown(ev) {
        if (ev.key === "Escape" && isDragging) {
            ev.preventDefault();
            ev.stopPropagation();
            cancel();
        }
    }

    /** Only of the window: the focus may well move within it. */
    function onBlur(ev) {
        if (ev.target === window) {
            cancel();
        }
    }

    function cancel() {
        const wasDragging = isDragging;
        end();
        if (wasDragging) {
            onCancel();
        }
    }

    function end() {
        browser.clearTimeout(grip?.timer);
        browser.cancelAnimationFrame(frame);
        listeners.forEach(([name, listener]) => window.removeEventListener(name, listener, true));
        if (isDragging) {
            // The click that ends a drag opens nothing.
            dropPoint = {x: grip.x, y: grip.y};
            browser.setTimeout(() => (dropPoint = null));
        }
        isDragging = false;
        grip = null;
    }

    function onClick(ev) {
        const isDrop =
            dropPoint &&
            Math.hypot(ev.clientX - dropPoint.x, ev.clientY - dropPoint.y) < SAME_POINT;
        dropPoint = null;
        if (isDrop) {
            ev.stopPropagation();
            ev.preventDefault();
        }
    }

    function holdStill(ev) {
        if (isDragging && ev.cancelable) {
            ev.preventDefault();
        }
    }

    function onContextMenu(ev) {
        if (grip && ev.pointerType === "touch") {
            ev.preventDefault();
        }
    }

    onMounted(() => {
        const {el} = rootRef;
        el.addEventListener("pointerdown", onPointerDown);
        el.addEventListener("click", onClick, true);
        el.addEventListener("touchmove", holdStill, {passive: false});
        el.addEventListener("contextmenu", onContextMenu);
    });
    onWillUnmount(cancel);
}
