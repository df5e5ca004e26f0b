import {Component, useEffect, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";

import {worksOn} from "./crew";
import {Icon} from "./icon";
import {JobChecks} from "./job_checks";
import {JobFinish} from "./job_finish";
import {JobInfo} from "./job_info";
import {JobNotes} from "./job_notes";
import {JobPhotos} from "./job_photos";
import {isOver} from "./places";
import {jobTabRegistry} from "./registries";
import {getStateName} from "./visit_card";

jobTabRegistry
    .add("job", {getName: () => _t("Job"), icon: "job", component: JobInfo}, {sequence: 10})
    .add(
        "checks",
        {
            getName: () => _t("Checklist"),
            icon: "check",
            component: JobChecks,
            getCount: (job) =>
                job.checks.filter((check) => !check.is_section && check.state === "waiting").length,
        },
        {sequence: 20}
    )
    .add(
        "photos",
        {getName: () => _t("Photos"), icon: "camera", component: JobPhotos},
        {sequence: 30}
    )
    .add("notes", {getName: () => _t("Notes"), icon: "note", component: JobNotes}, {sequence: 40})
    .add(
        "finish",
        {getName: () => _t("Finish"), icon: "sign", component: JobFinish},
        {sequence: 50}
    );

/** One job: its clock button on top, five sections under the thumb. */
export class JobScreen extends Component {
    static template = "sercom_my_day.JobScreen";
    static components = {Icon};
    static props = {store: Object};

    setup() {
        this.store = useState(this.props.store);
        this.state = useState({people: null});
        this.getStateName = getStateName;
        let shown = 0;
        useEffect(
            (jobId, hasJob) => {
                if (hasJob) {
                    shown = jobId;
                } else if (shown === jobId) {
                    this.store.loadJob(jobId); // it left the phone while it was open: why?
                }
            },
            () => [this.store.screen.jobId, Boolean(this.job)]
        );
    }

    get job() {
        return this.store.shown.jobs[this.store.screen.jobId];
    }

    get tabs() {
        return jobTabRegistry.getEntries().map(([id, tab]) => ({
            id,
            name: tab.getName(),
            icon: tab.icon,
            component: tab.component,
            count: tab.getCount?.(this.job) || 0,
        }));
    }

    get tab() {
        return this.tabs.find((tab) => tab.id === this.store.screen.tab) || this.tabs[0];
    }

    get isOpen() {
        return !isOver(this.job.job_state);
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
            return clock?.since && clock.job_id === this.job.id && clock.work_type === "work";
        }
        const chosen = this.crew.filter((person) => this.people.includes(person.id));
        return chosen.length && chosen.every((person) => worksOn(person, this.job));
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
