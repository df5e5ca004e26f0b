import {Component, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";

import {Icon} from "./icon";

/** What the page tells for a while, and what can be taken back; below the page, over nothing. */
export class Notices extends Component {
    static template = "sercom_my_day.Notices";
    static components = {Icon};
    static props = {store: Object};

    setup() {
        this.store = useState(this.props.store);
    }

    /** Messages to clients that are sent in some seconds. */
    get held() {
        const {queue} = this.store;
        return this.store.outbox.filter(
            ({kind, uuid}) => kind === "on_my_way" && queue.holds.has(uuid)
        );
    }

    async takeBack(action) {
        const {clock} = this.store.shown;
        if (!(await this.store.queue.dismiss(action))) {
            this.store.notify(_t("Too late: %s is told already.", action.name), true);
        } else if (clock.since && clock.work_type === "travel") {
            // A punch is evidence: it went at once, and is never taken back.
            this.store.notify(_t("%s is not told. Your travel clock still runs.", action.name));
        }
    }

    getHeldText(action) {
        const seconds = this.store.queue.holds.getSeconds(action.uuid, this.store.now);
        return _t("%(client)s is told in %(seconds)s s", {client: action.name, seconds});
    }
}
