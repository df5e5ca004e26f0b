import {Component, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";

import {formatNumber} from "../format";
import {Icon} from "../icon";
import {jobCardRegistry} from "../registries";
import {callServer, RefusedError} from "../server";
import {SignaturePad} from "../signature_pad";

const PATIENCE = 350; // milliseconds after the last letter
const DRAFTS = ["quote_signature", "quote_signed_by"];

/**
 * The price book: what the client of the job may choose from, at their prices, and signs.
 *
 * Prices are the server's, and never kept: without network none is shown. What is signed waits in
 * the outbox like everything else.
 */
export class JobQuote extends Component {
    static template = "sercom_my_day.JobQuote";
    static components = {Icon, SignaturePad};
    static props = {store: Object, job: Object};

    setup() {
        this.store = useState(this.props.store);
        this.state = useState({
            ...{step: "", text: "", categ_id: 0, entries: [], categories: []},
            ...{entry: null, option: null, problem: "", isBusy: false},
        });
        this.onSign = (signature) =>
            signature
                ? this.store.drafts.set(this.job.id, "quote_signature", signature)
                : this.store.drafts.drop(this.job.id, "quote_signature");
    }

    get job() {
        return this.props.job;
    }

    get quotes() {
        return (this.job.site_quotes || []).map((quote) => ({
            ...quote,
            text: [quote.name, quote.option].filter(Boolean).join(" · "),
            stateText: {
                waiting: _t("waits to be sent"),
                open: _t("the office accepts it"),
                sold: _t("confirmed"),
                lost: _t("cancelled"),
                replaced: _t("replaced"),
            }[quote.state],
        }));
    }

    // What is read

    /** Ask the server; `undefined` when it does not answer, and the screen says so. */
    async ask(method, kwargs) {
        this.state.problem = "";
        try {
            return await callServer(method, {job_id: this.job.id, ...kwargs});
        } catch (error) {
            this.state.problem =
                error instanceof RefusedError
                    ? error.message
                    : _t("Prices need the network. Try again where there is some.");
            return undefined;
        }
    }

    async open() {
        Object.assign(this.state, {step: "find", entry: null, option: null});
        await this.find();
    }

    close() {
        clearTimeout(this.timer);
        Object.assign(this.state, {step: "", problem: ""});
    }

    type(ev) {
        this.state.text = ev.target.value;
        clearTimeout(this.timer);
        this.timer = setTimeout(() => this.find(), PATIENCE);
    }

    async chooseCategory(id) {
        this.state.categ_id = this.state.categ_id === id ? 0 : id;
        await this.find();
    }

    async find() {
        const {text, categ_id} = this.state;
        const asked = (this.asked = Symbol(text)); // an answer that comes late is not shown
        const found = await this.ask("find_prices", {text, categ_id});
        if (found && asked === this.asked) {
            Object.assign(this.state, found);
        }
    }

    async chooseEntry({id}) {
        const entry = await this.ask("get_price_options", {entry_id: id});
        if (entry) {
            Object.assign(this.state, {step: "choose", entry, option: null});
        }
    }

    /** A line of an option: `Ball valve, 2 Units`. */
    getLineText({name, quantity, unit}) {
        const count = [formatNumber(quantity), unit].filter(Boolean).join("\u00a0");
        return quantity === 1 ? name : [name, count].join(", ");
    }

    choose(option) {
        this.state.option = option;
    }

    // What is signed, or declined

    getDraft(field) {
        return this.store.drafts.get(this.job.id, field) ?? "";
    }

    /** Keep what is typed until it is sent. */
    keep(field, ev) {
        this.store.drafts.set(this.job.id, field, ev.target.value);
    }

    get canSign() {
        const name = this.getDraft("quote_signed_by").trim();
        return Boolean(this.getDraft("quote_signature") && name && !this.state.isBusy);
    }

    sign() {
        const {entry, option} = this.state;
        const texts = DRAFTS.map((field) => [field, this.getDraft(field)]);
        const {id: option_id, total, total_text} = option;
        return this.send({
            kind: "quote",
            ...{option_id, total, total_text, name: [entry.name, option.name].join(" – ")},
            signature: this.getDraft("quote_signature"),
            signed_by: this.getDraft("quote_signed_by").trim(),
            draft: Object.fromEntries(texts),
        });
    }

    decline() {
        const {entry} = this.state;
        const reason = this.getDraft("quote_reason");
        return this.send({
            kind: "quote_declined",
            ...{entry_id: entry.id, name: entry.name, text: reason.trim()},
            draft: reason ? {quote_reason: reason} : undefined,
        });
    }

    /** Keep an action of this job; once for a double tap. */
    async send(vals) {
        if (this.state.isBusy) {
            return;
        }
        this.state.isBusy = true;
        try {
            if (await this.store.act({...vals, job_id: this.job.id})) {
                this.close();
            }
        } finally {
            this.state.isBusy = false;
        }
    }
}

jobCardRegistry.add("quote", JobQuote, {sequence: 55});
