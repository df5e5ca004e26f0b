import {Component, useState} from "@odoo/owl";

const HINT = {width: 300, height: 150, gap: 18};

/** The slot under what is in hand, and what speaks against it, beside the pointer. */
export class BoardPlacing extends Component {
    static template = "sercom_jobs.BoardPlacing";
    static props = {placing: Object, nameWidth: Number};

    setup() {
        // Only this component follows the pointer; the rows below stay as they are.
        this.placing = useState(this.props.placing.state);
    }

    get level() {
        const levels = this.placing.conflicts.map(({level}) => level);
        return ["block", "warn"].find((level) => levels.includes(level)) || "free";
    }

    get targetStyle() {
        const {left, top, width, height} = this.placing.rect;
        return `left: ${this.props.nameWidth + left}px; top: ${top}px; width: ${width}px; height: ${height}px;`;
    }

    get bandStyle() {
        const {left, width} = this.placing.band;
        return `left: ${this.props.nameWidth + left}px; width: ${width}px;`;
    }

    /** Beside the pointer, and inside the window. */
    get hintStyle() {
        const {point} = this.placing;
        if (!point) {
            return "";
        }
        const left = Math.min(point.x + HINT.gap, window.innerWidth - HINT.width - HINT.gap);
        const isLow = point.y + HINT.height + HINT.gap > window.innerHeight;
        const top = isLow ? point.y - HINT.height : point.y + HINT.gap;
        return `left: ${Math.max(0, left)}px; top: ${Math.max(0, top)}px;`;
    }
}
