import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {Dialog} from "@web/core/dialog/dialog";

/** Somebody changed meanwhile what one is changing: who, what, and whose change stays. */
export class BoardChangedDialog extends Component {
    static template = "sercom_jobs.BoardChangedDialog";
    static components = {Dialog};
    static props = {
        /** What `write_if_unchanged` of `sercom.assignment` answers. */
        changed: Array,
        /** One's own change, in words. */
        mine: String,
        /** What keeping it is called. */
        keepLabel: {type: String, optional: true},
        /** Whether keeping it is what nearly everybody wants: else theirs is the first choice. */
        isKeepSafe: {type: Boolean, optional: true},
        onKeep: Function,
        onTake: Function,
        close: Function,
    };
    static defaultProps = {isKeepSafe: true};

    get keepLabel() {
        return this.props.keepLabel || _t("Keep mine");
    }

    get isGone() {
        return this.props.changed.every((row) => row.is_gone);
    }

    get isTheirsFirst() {
        return this.isGone || !this.props.isKeepSafe;
    }

    choose(action) {
        this.props.close();
        action();
    }
}
