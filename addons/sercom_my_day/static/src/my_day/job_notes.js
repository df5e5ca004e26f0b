import {Component, useState} from "@odoo/owl";

import {formatMoment} from "./format";
import {Icon} from "./icon";

/** Notes on the job: typed, or spoken with the phone's keyboard. */
export class JobNotes extends Component {
    static template = "sercom_my_day.JobNotes";
    static components = {Icon};
    static props = {store: Object, job: Object};

    setup() {
        this.store = useState(this.props.store);
        this.state = useState({busy: false});
    }

    get text() {
        return this.store.drafts.get(this.props.job.id, "note") || "";
    }

    type(ev) {
        this.store.drafts.set(this.props.job.id, "note", ev.target.value);
    }

    async save() {
        const text = this.text.trim();
        const jobId = this.props.job.id;
        if (!text || this.state.busy) {
            return;
        }
        this.state.busy = true;
        await this.store.act({kind: "note", job_id: jobId, text, draft: {note: this.text}});
        this.state.busy = false;
    }

    getHead(note) {
        return `${note.author}, ${formatMoment(note.moment, this.store.zone)}`;
    }
}
