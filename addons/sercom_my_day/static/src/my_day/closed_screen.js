import {Component, useState} from "@odoo/owl";

import {Icon} from "./icon";
import {openLogin, reopenPage} from "./session";

/** In place of the page of somebody who is not signed in on this phone any more. */
export class ClosedScreen extends Component {
    static template = "sercom_my_day.ClosedScreen";
    static components = {Icon};
    static props = {store: Object};

    setup() {
        this.store = useState(this.props.store);
    }

    get isSignedOut() {
        return this.store.closedBy === "signed_out";
    }

    open() {
        return this.isSignedOut ? openLogin() : reopenPage();
    }
}
