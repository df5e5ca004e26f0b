import {Component, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";

import {Icon} from "./icon";
import {PhotoButton, PhotoGrid} from "./photo_grid";

/** The job's checklist: each item is answered by one tap, or by a field of its own. */
export class JobChecks extends Component {
    static template = "sercom_timesheets.JobChecks";
    static components = {Icon, PhotoButton, PhotoGrid};
    static props = {store: Object, job: Object};

    setup() {
        this.store = useState(this.props.store);
        this.state = useState({typed: {}});
    }

    get job() {
        return this.props.job;
    }

    get isOpen() {
        return !["done", "cancelled"].includes(this.job.job_state);
    }

    get summary() {
        const items = this.job.checks.filter((check) => !check.is_section);
        const waiting = items.filter((check) => check.state === "waiting");
        const required = waiting.filter((check) => check.is_required);
        if (!waiting.length) {
            return _t("Everything is answered.");
        }
        return _t("%(waiting)s of %(all)s to answer, %(required)s required", {
            waiting: waiting.length,
            all: items.length,
            required: required.length,
        });
    }

    answer(check, value) {
        if (check.value === value) {
            return;
        }
        this.store.act({
            kind: "check",
            job_id: this.job.id,
            check_id: check.id,
            name: check.name,
            value,
        });
    }

    tick(check) {
        if (this.store.isSameTap(`check ${check.id}`)) {
            return;
        }
        this.answer(check, check.value ? null : true);
    }

    /** Yes and no; the chosen one takes itself back. */
    choose(check, value) {
        if (this.store.isSameTap(`check ${check.id} ${value}`)) {
            return;
        }
        this.answer(check, check.value === value ? null : value);
    }

    getTyped(check) {
        return this.state.typed[check.id] ?? check.value ?? "";
    }

    type(check, ev) {
        this.state.typed[check.id] = ev.target.value;
    }

    saveTyped(check) {
        const typed = this.state.typed[check.id];
        if (typed === undefined) {
            return;
        }
        delete this.state.typed[check.id];
        const value = typed.trim() || null;
        if (check.kind === "number" && value && !/^-?[\d\s.,]+$/.test(value)) {
            this.state.typed[check.id] = typed;
            this.store.tell(_t("“%s” is not a number. Type digits only, such as 12.5.", typed));
            return;
        }
        this.answer(check, value);
    }

    getPhotos(check) {
        return this.job.photos.filter((photo) => photo.check_id === check.id);
    }
}
