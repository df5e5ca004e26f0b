import {Component, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";

import {formatDate, formatMoment, toDate, toText} from "./format";
import {Icon} from "./icon";
import {isOver} from "./places";
import {SignaturePad} from "./signature_pad";
import {getStateName} from "./visit_card";

const TOLERANCE = 1 / 120; // hours, as the server has it
const NOTES = ["found_note", "work_note", "advice_note"];
const COMPLETION = [...NOTES, "signature", "signed_by", "over_hours_reason"];

/** What was found, done and advised; what comes next; the client's signature; completion. */
export class JobFinish extends Component {
    static template = "sercom_my_day.JobFinish";
    static components = {Icon, SignaturePad};
    static props = {store: Object, job: Object};

    setup() {
        this.store = useState(this.props.store);
        this.state = useState({isBusy: false});
        this.getStateName = getStateName;
        this.opened = ["issue", "next_visit"].filter((field) => this.getText(field));
        this.onSign = (signature) =>
            signature
                ? this.store.drafts.set(this.job.id, "signature", signature)
                : this.store.drafts.drop(this.job.id, "signature");
    }

    get job() {
        return this.props.job;
    }

    get isOpen() {
        return !isOver(this.job.job_state);
    }

    get notes() {
        const names = {
            found_note: _t("Found"),
            work_note: _t("Work done"),
            advice_note: _t("Advised"),
        };
        return NOTES.map((field) => ({
            field,
            name: names[field],
            text: this.getText(field),
        }));
    }

    /** What is typed, or else what is kept already. */
    getText(field) {
        return this.store.drafts.get(this.job.id, field) ?? this.job[field] ?? "";
    }

    type(field, ev) {
        this.store.drafts.set(this.job.id, field, ev.target.value);
    }

    /** Names of what holds up the completion, as far as the phone knows. */
    get missing() {
        const missing = this.job.checks
            .filter((check) => !check.is_section && check.is_required && check.state === "waiting")
            .map((check) => check.name);
        if (this.isOverSold && !this.getText("over_hours_reason").trim()) {
            missing.push(_t("Why more hours were worked than sold"));
        }
        if (this.job.needs_signature && !this.job.is_signed && !this.getText("signature")) {
            missing.push(_t("The client's signature"));
        }
        missing.push(...this.clockedMates.map(({name}) => _t("%s is still clocked in", name)));
        return missing;
    }

    /** Others of the crew whose clock runs on this job: completing would be refused. */
    get clockedMates() {
        return this.job.crew.filter(
            (person) => !person.is_me && person.clocked_job_id === this.job.id
        );
    }

    /** Without network a mate may have clocked out on their own phone: then the office decides. */
    get isBlocked() {
        const isKnown = this.store.connection === "online";
        return this.missing.length > (isKnown ? 0 : this.clockedMates.length);
    }

    /** Clock the others out, for who leads them. */
    endMates() {
        return this.once(() =>
            this.store.recordPunch("end", {
                job_id: this.job.id,
                employee_ids: this.clockedMates.map(({id}) => id),
            })
        );
    }

    /** Whether the technician's own clock runs here: completing ends it. */
    get isRunning() {
        const {clock} = this.store.shown;
        return Boolean(clock?.since && clock.job_id === this.job.id);
    }

    /** Whether more hours were worked than sold, with those of the running clock. */
    get isOverSold() {
        const {sold_hours: sold, worked_hours: worked} = this.job;
        const {clock} = this.store.shown;
        const running =
            this.isRunning && clock.work_type === "work"
                ? (this.store.serverNow - toDate(clock.since)) / 3600000
                : 0;
        return sold > 0 && worked + running - sold > TOLERANCE;
    }

    get typedNotes() {
        const vals = {};
        for (const field of NOTES) {
            const draft = this.store.drafts.get(this.job.id, field);
            if (draft !== undefined && draft !== this.job[field]) {
                vals[field] = draft;
            }
        }
        return vals;
    }

    get hasTyped() {
        return Object.keys(this.typedNotes).length > 0;
    }

    async saveNotes() {
        const vals = this.typedNotes;
        await this.send({kind: "found", ...vals, draft: vals});
    }

    /** Send what was typed in a field of its own: another issue, or the next visit. */
    async sendText(kind, vals = {}, fields = [kind]) {
        const text = this.getText(kind).trim();
        if (text) {
            await this.send({kind, text, ...vals, draft: this.getDrafts(fields)});
        }
    }

    async sendNextVisit() {
        const date = this.getText("next_date") || undefined;
        await this.sendText("next_visit", {date}, ["next_visit", "next_date"]);
    }

    /** When a visit that was asked for will be, and who goes there, as far as it is known. */
    getVisitText({name, start, wished, people, state, isWaiting}) {
        const when = start
            ? formatMoment(start, this.store.zone)
            : state === "to_plan" && wished && _t("not before %s", formatDate(wished));
        const waits = isWaiting && _t("waits to be sent");
        return [name, when, people, waits].filter(Boolean).join(" · ");
    }

    /** What is typed in some fields, and not sent yet. */
    getDrafts(fields) {
        const texts = fields.map((field) => [field, this.store.drafts.get(this.job.id, field)]);
        return Object.fromEntries(texts.filter(([_field, text]) => text !== undefined));
    }

    /** Whether nothing tells that somebody was there: no start, no time, no signature. */
    get isUntouched() {
        const {job_state: state, worked_hours: worked, is_signed: isSigned} = this.job;
        const isStarted = this.isRunning || worked > 0 || !["to_plan", "planned"].includes(state);
        return !isStarted && !isSigned && !this.getText("signature");
    }

    /** The client may get the report at once: a tap by mistake must not send it. */
    async isMeant() {
        return (
            !this.isUntouched ||
            (await this.store.ask({
                title: _t("Complete without having clocked in?"),
                text: _t(
                    "Nobody has started %s: completing it ends it for the office and the client.",
                    this.job.name
                ),
                yes: _t("Complete the job"),
                no: _t("Not now"),
            }))
        );
    }

    async complete() {
        await this.once(async () => {
            if (!(await this.isMeant())) {
                return;
            }
            const moment = toText(new Date());
            const draft = this.getDrafts(COMPLETION);
            const vals = {
                kind: "complete",
                moment,
                ...this.typedNotes,
                signature: this.getText("signature") || undefined,
                signed_by: this.getText("signed_by").trim() || undefined,
                over_hours_reason: this.getText("over_hours_reason").trim() || undefined,
            };
            if (this.isRunning) {
                // An action of its own: the clock ends whatever becomes of the completion.
                await this.store.recordPunch("end", {job_id: this.job.id, moment});
            }
            await this.store.act({...vals, job_id: this.job.id, draft});
        });
    }

    /** Keep an action of this job; once for a double tap. */
    send(vals) {
        return this.once(() => this.store.act({...vals, job_id: this.job.id}));
    }

    async once(act) {
        if (this.state.isBusy) {
            return;
        }
        this.state.isBusy = true;
        try {
            await act();
        } finally {
            this.state.isBusy = false;
        }
    }
}
