import {Component, useState} from "@odoo/owl";
import {Dialog} from "@web/core/dialog/dialog";
import {useAutofocus} from "@web/core/utils/hooks";

/** A conflict that blocks: what it is, and the reason to book all the same. */
export class BoardOverrideDialog extends Component {
    static template = "sercom_jobs.BoardOverrideDialog";
    static components = {Dialog};
    static props = {
        where: String,
        reasons: Array,
        canOverride: Boolean,
        /** Books with the reason; answers `{ok, message}`. */
        onBook: Function,
        close: Function,
    };

    setup() {
        this.state = useState({reason: "", message: "", isSaving: false});
        useAutofocus();
    }

    async book() {
        this.state.isSaving = true;
        const {ok, message} = await this.props.onBook(this.state.reason.trim());
        this.state.isSaving = false;
        if (ok) {
            this.props.close();
        } else {
            this.state.message = message;
        }
    }
}
