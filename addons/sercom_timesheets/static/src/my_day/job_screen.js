import {Component, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";

import {Icon} from "./icon";
import {JobChecks} from "./job_checks";
import {JobFinish} from "./job_finish";
import {JobInfo} from "./job_info";
import {JobNotes} from "./job_notes";
import {JobPhotos} from "./job_photos";
import {getStateName} from "./visit_card";

/** One job: its clock button on top, five sections under the thumb. */
export class JobScreen extends Component {
    static template = "sercom_timesheets.JobScreen";
    static components = {Icon, JobChecks, JobFinish, JobInfo, JobNotes, JobPhotos};
    static props = {store: Object};

    setup() {
        this.store = useState(this.props.store);
        this.state = useState({people: null});
        this.getStateName = getStateName;
    }

    get job() {
        return this.store.shown.jobs[this.store.screen.jobId];
    }

    get tabs() {
        const waiting = this.job.checks.filter(
            (check) => !check.is_section && check.state === "waiting"
        );
        return [
            {id: "job", name: _t("Job"), icon: "job", component: JobInfo},
            {
                id: "checks",
                name: _t("Checklist"),
                icon: "check",
                component: JobChecks,
                count: waiting.length,
            },
            {id: "photos", name: _t("Photos"), icon: "camera", component: JobPhotos},
            {id: "notes", name: _t("Notes"), icon: "note", component: JobNotes},
            {id: "finish", name: _t("Finish"), icon: "sign", component: JobFinish},
        ];
    }

    get tab() {
        return this.tabs.find((tab) => tab.id === this.store.screen.tab) || this.tabs[0];
    }

    get isOpen() {
        return !["done", "cancelled"].includes(this.job.job_state);
    }

    // Clock

    /** People whom this one may clock: the crew, for its leader. */
    get crew() {
        return this.job.is_leader && this.job.crew.length > 1 ? this.job.crew : [];
    }

    get people() {
        const me = this.store.user.employee_id;
        return this.crew.length ? this.state.people || [me] : [me];
    }

    toggle(person) {
        const isIn = this.people.includes(person.id);
        this.state.people = isIn
            ? this.people.filter((id) => id !== person.id)
            : [...this.people, person.id];
    }

    /** Whether all that are chosen work on this job now. */
    get isRunning() {
        const {clock} = this.store.shown;
        if (!this.crew.length) {
            return clock.since && clock.job_id === this.job.id && clock.work_type === "work";
        }
        const chosen = this.crew.filter((person) => this.people.includes(person.id));
        return chosen.length && chosen.every((person) => person.clocked_job_id === this.job.id);
    }

    get clockText() {
        const count = this.people.length;
        if (this.isRunning) {
            return count > 1 ? _t("Clock out (%s people)", count) : _t("Clock out");
        }
        return count > 1 ? _t("Clock in (%s people)", count) : _t("Clock in");
    }

    punch() {
        const vals = {job_id: this.job.id, work_type: "work"};
        if (this.crew.length) {
            vals.employee_ids = [...this.people];
        }
        this.store.punch(this.isRunning ? "end" : "start", vals);
    }
}
