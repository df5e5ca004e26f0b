import {Component, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";

import {Icon} from "./icon";

/** What is still to be done before the job is, and the way to complete it. */
export class JobFinish extends Component {
    static template = "sercom_timesheets.JobFinish";
    static components = {Icon};
    static props = {store: Object, job: Object};

    setup() {
        this.store = useState(this.props.store);
    }

    get job() {
        return this.props.job;
    }

    /** Names of what holds up the completion. */
    get missing() {
        const missing = this.job.checks
            .filter((check) => !check.is_section && check.is_required && check.state === "waiting")
            .map((check) => check.name);
        const {clock} = this.store.shown;
        if (clock?.since && clock.job_id === this.job.id) {
            missing.push(_t("The clock runs on this job"));
        }
        return missing;
    }
}
