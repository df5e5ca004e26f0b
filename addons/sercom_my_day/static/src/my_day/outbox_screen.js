import {Component, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";

import {getActionTitle} from "./actions";
import {formatMoment} from "./format";
import {Icon} from "./icon";

/** What waits to be sent or was refused, one by one. */
export class OutboxScreen extends Component {
    static template = "sercom_my_day.OutboxScreen";
    static components = {Icon};
    static props = {store: Object};

    setup() {
        this.store = useState(this.props.store);
        this.getTitle = getActionTitle;
    }

    /** Whether there is something to send: what was refused waits to be read only. */
    get isAnyWaiting() {
        return this.store.outbox.some((action) => !action.message);
    }

    get foreignText() {
        return _t(
            "Something that somebody else did on this phone is not sent yet. They must sign in " +
                "here once."
        );
    }

    getCardClass({message, isProposed}) {
        return isProposed ? "card-access" : message ? "card-bad" : "";
    }

    /** What the action is about: job and client, and what was typed. */
    getText(action) {
        const name = this.store.getJobName(action.job_id) || action.place;
        const notes = [action.found_note, action.work_note, action.advice_note];
        return [name, action.text || action.name, ...notes].filter(Boolean).join(" · ");
    }

    getMoment(action) {
        return formatMoment(action.moment, this.store.zone);
    }
}
