import {Component, useState} from "@odoo/owl";

import {formatMoment} from "./format";
import {Icon} from "./icon";

/** Notes on the job: typed, or spoken with the phone's keyboard. */
export class JobNotes extends Component {
    static template = "sercom_timesheets.JobNotes";
    static components = {Icon};
    static props = {store: Object, job: Object};

    setup() {
        this.store = useState(this.props.store);
        this.state = useState({text: "", busy: false});
    }

    async save() {
        const text = this.state.text.trim();
        if (!text || this.state.busy) {
            return;
        }
        this.state.busy = true;
        const isKept = await this.store.act({kind: "note", job_id: this.props.job.id, text});
        this.state.busy = false;
        if (isKept) {
            this.state.text = "";
        }
    }

    getHead(note) {
        return `${note.author}, ${formatMoment(note.moment, this.store.zone)}`;
    }
}
