import {Component, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";

import {formatMoment} from "./format";
import {Icon} from "./icon";

/** What waits to be sent or was refused, one by one. */
export class OutboxScreen extends Component {
    static template = "sercom_timesheets.OutboxScreen";
    static components = {Icon};
    static props = {store: Object};

    setup() {
        this.store = useState(this.props.store);
    }

    getTitle(action) {
        if (action.kind === "punch") {
            return {
                start: {
                    work: _t("Clock in"),
                    travel: _t("Travel"),
                    other: _t("Other work"),
                }[action.work_type || "work"],
                break: _t("Break"),
                end: _t("Clock out"),
            }[action.punch];
        }
        return {
            check: _t("Checklist"),
            note: _t("Note"),
            photo: _t("Photo"),
            on_my_way: _t("On my way"),
            entry_job: _t("Job of clocked time"),
            found: _t("Found and advised"),
            part: _t("Part"),
            issue: _t("Another issue found"),
            next_visit: _t("Next visit"),
            complete: _t("Completion"),
        }[action.kind];
    }

    /** What the action is about: job and client, and the words of a note. */
    getText(action) {
        const name = this.store.getJobName(action.job_id);
        return [name, action.text || action.name].filter(Boolean).join(" · ");
    }

    getMoment(action) {
        return formatMoment(action.moment, this.store.zone);
    }
}
