import {Component, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";

import {Icon} from "./icon";
import {PhotoButton, PhotoGrid} from "./photo_grid";
import {isOver} from "./places";

/** The job's checklist: each item is answered by one tap, or by a field of its own. */
export class JobChecks extends Component {
    static template = "sercom_my_day.JobChecks";
    static components = {Icon, PhotoButton, PhotoGrid};
    static props = {store: Object, job: Object};

    setup() {
        this.store = useState(this.props.store);
        this.saving = new Set();
    }

    get job() {
        return this.props.job;
    }

    get isOpen() {
        return !isOver(this.job.job_state);
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

    /** Keep an answer; resolves once the screen shows it. */
    async answer(check, value, draft) {
        if (check.value !== value) {
            await this.store.act({
                kind: "check",
                job_id: this.job.id,
                check_id: check.id,
                name: check.name,
                value,
                draft,
            });
        }
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

    getDraft(check) {
        return this.store.drafts.get(this.job.id, `check_${check.id}`);
    }

    getTyped(check) {
        return this.getDraft(check) ?? check.value ?? "";
    }

    type(check, ev) {
        this.store.drafts.set(this.job.id, `check_${check.id}`, ev.target.value);
    }

    /** Answer with what was typed, when the field is left. */
    async saveTyped(check) {
        const typed = this.getDraft(check);
        if (typed === undefined || this.saving.has(check.id)) {
            return;
        }
        const value = typed.trim() || null;
        if (check.kind === "number" && value && !/^-?[\d\s.,]+$/.test(value)) {
            this.store.notify(
                _t("“%s” is not a number. Type digits only, such as 12.5.", typed),
                true
            );
            return;
        }
        this.saving.add(check.id);
        await this.answer(check, value, {[`check_${check.id}`]: typed});
        this.saving.delete(check.id);
        if (this.getDraft(check) === typed) {
            this.store.drafts.drop(this.job.id, `check_${check.id}`);
        }
    }

    getPhotos(check) {
        return this.job.photos.filter((photo) => photo.check_id === check.id);
    }
}
