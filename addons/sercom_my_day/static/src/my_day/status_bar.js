import {Component, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";

import {Icon} from "./icon";

/**
 * One line that always says how it stands: whether there is network, what waits to be sent, and
 * what the office answered.
 *
 * It is there also when all is well: one that came and went would move what is under the thumb.
 */
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
        return this.store.outbox.filter((action) => action.message && !action.isProposed).length;
    }

    /** What the office has, and decides about. */
    get proposed() {
        return this.store.outbox.filter((action) => action.message && action.isProposed).length;
    }

    get isThere() {
        return this.store.screen.name === "outbox";
    }

    /** What is most urgent: `{name, style, icon, text}`. */
    get line() {
        return (
            this.loginLine ||
            (!this.isThere && this.outboxLine) ||
            this.connectionLine ||
            this.foreignLine ||
            this.calmLine
        );
    }

    get loginLine() {
        const isOut = this.store.connection === "signed_out";
        const text = _t("You are signed out. Tap to sign in: nothing is lost.");
        return isOut && {name: "login", style: "bad", icon: "alert", text};
    }

    get outboxLine() {
        const {refused, proposed, waiting} = this;
        if (refused) {
            const text =
                refused === 1
                    ? _t("1 thing was refused. Tap to read why.")
                    : _t("%s things were refused. Tap to read why.", refused);
            return {name: "outbox", style: "bad", icon: "alert", text};
        }
        if (proposed) {
            const text =
                proposed === 1
                    ? _t("1 thing waits for the office. Tap to read.")
                    : _t("%s things wait for the office. Tap to read.", proposed);
            return {name: "outbox", style: "waiting", icon: "note", text};
        }
        // What leaves at once is on no line of its own: it is gone before it is read.
        return waiting && this.store.connection !== "online"
            ? {name: "outbox", style: "waiting", icon: "refresh", text: this.waitingText}
            : undefined;
    }

    get waitingText() {
        if (this.store.connection === "no_network") {
            return this.waiting === 1
                ? _t("No network: 1 thing to send")
                : _t("No network: %s things to send", this.waiting);
        }
        return this.waiting === 1
            ? _t("1 thing waits to be sent")
            : _t("%s things wait to be sent", this.waiting);
    }

    get connectionLine() {
        const text = {
            no_network: _t("No network. All you do is kept on the phone."),
            failing: _t("The server does not answer as it should. All you do is kept."),
        }[this.store.connection];
        return text && {name: "network", style: "offline", icon: "alert", text};
    }

    get foreignLine() {
        const text = _t("Work of somebody else is not sent yet. Tap to read.");
        return this.store.foreign && {name: "foreign", style: "offline", icon: "alert", text};
    }

    get calmLine() {
        return this.waiting
            ? {name: "sent", style: "calm", icon: "refresh", text: _t("Being sent…")}
            : {name: "sent", style: "calm", icon: "check", text: _t("Everything is sent.")};
    }
}
