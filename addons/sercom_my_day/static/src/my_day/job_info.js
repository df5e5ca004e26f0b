import {Component, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";

import {formatHours, formatMoment} from "./format";
import {Icon} from "./icon";
import "./job_history";
import {jobCardRegistry} from "./registries";
import {getMapUrl} from "./visit_card";

/** What is asked, where, whom to call, with whom, and what other add-ons add. */
export class JobInfo extends Component {
    static template = "sercom_my_day.JobInfo";
    static components = {Icon};
    static props = {store: Object, job: Object};

    setup() {
        this.store = useState(this.props.store);
        this.getMapUrl = getMapUrl;
        this.cards = jobCardRegistry.getEntries();
    }

    get job() {
        return this.props.job;
    }

    get planText() {
        const parts = [];
        if (this.job.planned_start) {
            parts.push(formatMoment(this.job.planned_start, this.store.zone));
        }
        if (this.job.sold_hours) {
            parts.push(_t("%s h sold", formatHours(this.job.sold_hours)));
        }
        return parts.join(" · ");
    }

    /** Today's visit of this job, which the client may be told of. */
    get visit() {
        const today = this.store.shown.day?.days[0]?.visits || [];
        return today.find((visit) => visit.job_id === this.job.id);
    }

    get canTell() {
        return Boolean(this.visit) && this.store.canTell(this.visit, this.job.job_state);
    }

    getPersonText(person) {
        if (!person.is_clocked) {
            return "";
        }
        if (person.clocked_work_type === "travel") {
            return _t("on the road");
        }
        return person.clocked_job_id === this.job.id ? _t("clocked in here") : _t("clocked in");
    }
}
