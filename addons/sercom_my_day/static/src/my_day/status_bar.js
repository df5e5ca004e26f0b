import {Component, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";

import {Icon} from "./icon";

/** Whether there is network, what still waits to be sent, and what the office answered. */
export class StatusBar extends Component {
    static template = "sercom_my_day.StatusBar";
    static components = {Icon};
    static props = {store: Object};

    setup() {
        this.store = useState(this.props.store);
    }

    get waiting() {
        return this.store.outbox.filter((action) => !action.message).length;
    }

    get refused() {
        return this.store.outbox.filter((action) => action.message).length;
    }

    /** What leaves at once shows in the clock only: a strip would make the page jump. */
    get hasOutboxStrip() {
        const isThere = this.store.screen.name === "outbox";
        const isStuck = this.waiting > 0 && this.store.connection !== "online";
        return !isThere && (this.refused > 0 || isStuck);
    }

    get outboxText() {
        if (this.refused) {
            return this.refused === 1
                ? _t("1 thing was refused. Tap to read why.")
                : _t("%s things were refused. Tap to read why.", this.refused);
        }
        if (this.store.connection === "no_network") {
            return this.waiting === 1
                ? _t("No network: 1 thing to send")
                : _t("No network: %s things to send", this.waiting);
        }
        return this.waiting === 1
            ? _t("1 thing waits to be sent")
            : _t("%s things wait to be sent", this.waiting);
    }

    get connectionText() {
        return {
            no_network: _t("No network. All you do is kept on the phone."),
            failing: _t("The server does not answer as it should. All you do is kept."),
        }[this.store.connection];
    }
}
