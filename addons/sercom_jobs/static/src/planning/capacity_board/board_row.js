import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";

/** One row of the board. It has no handlers: the board listens for all of them. */
export class BoardRow extends Component {
    static template = "sercom_jobs.BoardRow";
    static props = {
        view: Object,
        top: Number,
        height: Number,
        scale: String,
        canEdit: Boolean,
        rowIndex: Number,
    };

    get style() {
        return `top: ${this.props.top}px; height: ${this.props.height}px;`;
    }

    moreLabel({more, day}) {
        return _t("%(count)s more on %(day)s", {count: more, day});
    }

    /** @param {{left: number, width: number}} span */
    place({left, width}) {
        return `left: ${left.toFixed(1)}px; width: ${width.toFixed(1)}px;`;
    }
}
