import {
    Component,
    onMounted,
    onPatched,
    onWillRender,
    onWillUnmount,
    useEffect,
    useRef,
    useState,
} from "@odoo/owl";
import {browser} from "@web/core/browser/browser";
import {edgeSpeed, loadLevel} from "./board_geometry";
import {loadLabel} from "./board_labels";
import {BoardPlacing} from "./board_placing";
import {BoardRow} from "./board_row";
import {MINUTE, formatDay} from "./board_time";

/** The people and their time: header, the rows in sight, and what is being placed. */
export class BoardGrid extends Component {
    static template = "sercom_jobs.BoardGrid";
    static components = {BoardRow, BoardPlacing};
    static props = {
        store: Object,
        layout: Object,
        placing: Object,
        /** Grows with every change of the data: it redraws the grid. */
        revision: Number,
        onBlock: Function,
        onEvent: Function,
        onDay: Function,
    };

    setup() {
        this.scrollRef = useRef("scroll");
        this.state = useState({width: 0, height: 0, top: 0, now: Date.now()});
        this.focused = {blockId: null, employeeId: null};
        this.props.layout.grid = this;
        onWillRender(() => {
            if (this.state.width) {
                const {width, height, now} = this.state;
                this.props.layout.update(width, height, now);
            }
        });
        onMounted(() => {
            this.observer = new ResizeObserver(() => this.measure());
            this.observer.observe(this.scrollRef.el);
            this.clock = browser.setInterval(() => (this.state.now = Date.now()), MINUTE);
            this.measure();
        });
        onPatched(() => {
            this.focusPending();
            this.tellCompact();
        });
        // A new period begins at the left; the people stay where they were.
        useEffect(
            () => this.scrollToNow(),
            () => [this.props.store.loads, this.props.store.status, this.state.width > 0]
        );
        onWillUnmount(() => {
            this.observer.disconnect();
            browser.clearInterval(this.clock);
        });
    }

    get layout() {
        return this.props.layout;
    }

    get model() {
        return this.props.store.model;
    }

    get visible() {
        return this.layout.visible(this.state.top, this.state.height, this.focused.employeeId);
    }

    /** The tool bar says whether rows are low, which is known once they are laid out. */
    tellCompact() {
        const {isCompact} = this.layout;
        if (isCompact !== this.toldCompact) {
            this.toldCompact = isCompact;
            this.props.store.onChange();
        }
    }

    measure() {
        const {el} = this.scrollRef;
        this.state.width = el.clientWidth;
        this.state.height = el.clientHeight;
    }

    onScroll() {
        // Rows are drawn well beyond what shows: small moves need no new ones.
        const {scrollTop} = this.scrollRef.el;
        if (Math.abs(scrollTop - this.state.top) > 120 || scrollTop === 0) {
            this.state.top = scrollTop;
        }
    }

    /** The heads of the columns: hours of a day, or days with what the firm has left in each. */
    get heads() {
        const key = [this.model.revision, this.layout.key, this.props.store.search].join();
        if (key !== this.headsKey) {
            this.headsKey = key;
            this.keptHeads = this._makeHeads();
        }
        return this.keptHeads;
    }

    _makeHeads() {
        const {axis, scale} = this.layout;
        if (scale === "day") {
            const {zone} = axis;
            return axis.hours().map(({moment, left}) => ({
                key: moment,
                left,
                width: axis.columnWidth / axis.hours().length,
                title: zone.formatTime(moment),
            }));
        }
        const employees = this.layout.rows.flatMap((row) => {
            return row.type === "team" ? row.team.employees : [];
        });
        return axis.columns.map(({date, left, width}) => {
            const load = this.model.load(employees, [date]);
            return {
                ...{key: date, date, left, width},
                title: formatDay(date, scale === "week" ? "ccc d LLL" : "ccccc"),
                number: scale === "month" ? formatDay(date, "d") : "",
                label: formatDay(date, "cccc d LLLL"),
                isToday: date === this.model.today,
                isMonday: formatDay(date, "c") === "1",
                load: loadLabel(load),
                level: loadLevel(load.booked, load.available),
                percent: load.available
                    ? Math.min(100, Math.round((100 * load.booked) / load.available))
                    : 0,
            };
        });
    }

    get bodyStyle() {
        const {axis, height, scale, nameWidth} = this.layout;
        const step = scale === "day" ? this.heads[0].width : axis.columnWidth;
        return `height: ${height}px; --o-scb-step: ${step}px; --o-scb-names: ${nameWidth}px;`;
    }

    get nowStyle() {
        const left = this.layout.nowLeft;
        return left === null ? "" : `left: ${this.layout.nameWidth + left}px;`;
    }

    // Events of the rows

    onClick(ev) {
        const block = ev.target.closest("[data-block-id]");
        if (block) {
            this.props.onBlock(Number(block.dataset.blockId), block);
            return;
        }
        const event = ev.target.closest("[data-event-id]");
        if (event) {
            if (!("private" in event.dataset)) {
                this.props.onEvent(Number(event.dataset.eventId));
            }
            return;
        }
        const fold = ev.target.closest("[data-team]");
        if (fold) {
            this.toggleTeam(Number(fold.dataset.team) || false);
            return;
        }
        const day = ev.target.closest("[data-more], [data-day]");
        if (day) {
            this.props.onDay(day.dataset.more || day.dataset.day);
        }
    }

    onPointerOver(ev) {
        const block = ev.target.closest("[data-of-job]");
        const jobId = block?.dataset.ofJob;
        if (block) {
            block.title = block.ariaLabel;
        }
        if (jobId !== this.hoveredJob) {
            this.hoveredJob = jobId;
            this.markJob(jobId);
        }
    }

    /** The blocks of one job stand out together: its crew, its days. */
    markJob(jobId) {
        const {el} = this.scrollRef;
        el.querySelectorAll(".o_scb_same_job").forEach((other) =>
            other.classList.remove("o_scb_same_job")
        );
        if (jobId) {
            el.querySelectorAll(`[data-of-job="${jobId}"]`).forEach((other) =>
                other.classList.add("o_scb_same_job")
            );
        }
    }

    onFocusIn(ev) {
        const id = Number(ev.target.closest("[data-block-id]")?.dataset.blockId);
        const block = this.model.blocks.get(id);
        this.focused = {blockId: block?.id, employeeId: block?.employee_id};
    }

    toggleTeam(id) {
        const collapsed = new Set(this.props.store.settings.collapsed);
        if (!collapsed.delete(id)) {
            collapsed.add(id);
        }
        this.props.store.remember({collapsed: [...collapsed]});
    }

    // Geometry for what is being placed

    /** Pixels of the time line and the rows at a point of the screen. */
    toTimeline({x, y}) {
        const {el} = this.scrollRef;
        const rect = el.getBoundingClientRect();
        const isOver =
            x >= rect.left + this.layout.nameWidth &&
            x <= rect.right &&
            y >= rect.top + this.headHeight &&
            y <= rect.bottom;
        return {
            x: x - rect.left + el.scrollLeft - this.layout.nameWidth,
            y: y - rect.top + el.scrollTop - this.headHeight,
            isOver,
        };
    }

    get headHeight() {
        return this.scrollRef.el.querySelector(".o_scb_head").offsetHeight;
    }

    autoScroll({x, y}) {
        const {el} = this.scrollRef;
        const rect = el.getBoundingClientRect();
        if (x < rect.left || x > rect.right || y < rect.top || y > rect.bottom) {
            return false;
        }
        const {scrollLeft, scrollTop} = el;
        el.scrollLeft += edgeSpeed(x, rect.left + this.layout.nameWidth, rect.right);
        el.scrollTop += edgeSpeed(y, rect.top + this.headHeight, rect.bottom);
        return el.scrollLeft !== scrollLeft || el.scrollTop !== scrollTop;
    }

    /** Bring a rectangle of the time line into sight. */
    reveal(rect) {
        if (!rect) {
            return;
        }
        const {el} = this.scrollRef;
        const {nameWidth} = this.layout;
        const height = el.clientHeight - this.headHeight;
        const width = el.clientWidth - nameWidth;
        if (rect.top < el.scrollTop || rect.top + rect.height > el.scrollTop + height) {
            el.scrollTop = rect.top - Math.max(0, (height - rect.height) / 2);
        }
        if (rect.left < el.scrollLeft || rect.left + rect.width > el.scrollLeft + width) {
            el.scrollLeft = rect.left - Math.max(0, (width - rect.width) / 2);
        }
        this.state.top = el.scrollTop;
    }

    scrollToNow() {
        const left = this.state.width && this.layout.axis ? this.layout.nowLeft : null;
        const {el} = this.scrollRef;
        el.scrollLeft = left === null ? 0 : left - (el.clientWidth - this.layout.nameWidth) / 3;
    }

    // Focus

    /** Give a block the focus, once it is drawn. */
    focusBlock(block) {
        this.focused = {blockId: block.id, employeeId: block.employee_id};
        this.pendingFocus = block.id;
        const rect = this.layout.placement.rectangle({
            employeeId: block.employee_id,
            start: block.start,
            end: block.end,
        });
        this.reveal(rect);
        this.render();
    }

    focusPending() {
        const el =
            this.pendingFocus &&
            this.scrollRef.el.querySelector(`[data-block-id="${this.pendingFocus}"]`);
        if (el) {
            this.pendingFocus = null;
            el.focus({preventScroll: true});
        }
    }
}
