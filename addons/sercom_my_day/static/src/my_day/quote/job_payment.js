import {Component, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";

import {Icon} from "../icon";
import {jobCardRegistry} from "../registries";
import {callServer, RefusedError} from "../server";

/** What the client owes once the job is invoiced, and the page on which they pay it. */
export class JobPayment extends Component {
    static template = "sercom_my_day.JobPayment";
    static components = {Icon};
    static props = {store: Object, job: Object};

    setup() {
        this.state = useState({payments: null, problem: "", isBusy: false});
    }

    get hasInvoice() {
        return Boolean(this.props.job.invoices?.length);
    }

    getAlt({name}) {
        return _t("QR code of the page to pay %s", name);
    }

    /** What is owed now: it is asked each time, as it may be paid meanwhile. */
    async open() {
        if (this.state.isBusy) {
            return;
        }
        Object.assign(this.state, {isBusy: true, problem: ""});
        try {
            this.state.payments = await callServer("get_payments", {job_id: this.props.job.id});
        } catch (error) {
            this.state.problem =
                error instanceof RefusedError
                    ? error.message
                    : _t("Paying needs the network. Try again where there is some.");
        } finally {
            this.state.isBusy = false;
        }
    }
}

jobCardRegistry.add("payment", JobPayment, {sequence: 56});
