import {Component, useState} from "@odoo/owl";
import {formatNumber} from "@sercom_my_day/my_day/format";
import {isOver} from "@sercom_my_day/my_day/places";
import {jobCardRegistry} from "@sercom_my_day/my_day/registries";
import {callServer} from "@sercom_my_day/my_day/server";
import {_t} from "@web/core/l10n/translation";

import {getTruckQuantity, listLots, listParts, matchesWords} from "./part_list";
import {Scanner} from "./scanner";
import {loadTruck} from "./truck";

const DRAFT = "part";
const EMPTY = {part: null, corrected: 0, quantity: 1, lot: ""};
const PATIENCE = 350; // milliseconds after the last letter

/** Parts of the job, and those used out of the truck: by name, code or barcode. */
export class JobParts extends Component {
    static template = "sercom_my_day_parts.JobParts";
    static components = {Scanner};
    static props = {store: Object, job: Object};

    setup() {
        this.store = useState(this.props.store);
        this.state = useState({isOpen: false, text: "", found: [], isBusy: false});
    }

    // What is chosen and typed is kept until it is sent

    get draftText() {
        return this.store.drafts.get(this.job.id, DRAFT);
    }

    /** The `part` that is used, or the product of the one that is `corrected`; how many; its lot. */
    get form() {
        return {...EMPTY, ...JSON.parse(this.draftText || "{}")};
    }

    fill(vals) {
        this.store.drafts.set(this.job.id, DRAFT, JSON.stringify({...this.form, ...vals}));
    }

    drop() {
        this.store.drafts.drop(this.job.id, DRAFT);
    }

    typeQuantity(ev) {
        const quantity = parseFloat(ev.target.value);
        this.fill({quantity: isNaN(quantity) ? "" : quantity});
    }

    // What is shown

    get job() {
        return this.props.job;
    }

    get isJobOpen() {
        return !isOver(this.job.job_state);
    }

    get truck() {
        return this.store.base.truck || [];
    }

    get waiting() {
        return this.store.outbox.filter((action) => !action.message);
    }

    get rows() {
        return listParts(this.job, this.truck, this.waiting);
    }

    get found() {
        return this.state.text ? this.state.found : this.truck;
    }

    /** A quantity with its unit: `3 Units`. */
    format(quantity, unit) {
        return [formatNumber(quantity), unit].filter(Boolean).join("\u00a0");
    }

    getRowText({used, planned, inTruck}) {
        const texts = [_t("Used on this job: %s", formatNumber(used))];
        texts.push(_t("Planned: %s", formatNumber(planned)));
        if (inTruck !== undefined) {
            texts.push(_t("In the truck: %s", formatNumber(inTruck)));
        }
        return texts.join(" · ");
    }

    getLotsText(row) {
        return row.lots.map((lot) => lot.name).join(", ");
    }

    /** What is left in the truck of a part that was found, with its unit. */
    getLeftText(part) {
        return this.format(getTruckQuantity(part.id, [part], this.waiting), part.unit);
    }

    get isInTruck() {
        return this.form.part.truck_quantity > 0;
    }

    get lots() {
        return listLots(this.form.part, this.job, this.waiting);
    }

    // Search

    async open() {
        this.state.isOpen = true;
        await loadTruck(this.store, this.job.id);
    }

    type(ev) {
        this.state.text = ev.target.value;
        clearTimeout(this.timer);
        this.timer = setTimeout(() => this.find(), PATIENCE);
    }

    /** Ask the server; without network, look in what is known of the truck. */
    async find() {
        const {text} = this.state;
        if (!text.trim()) {
            return;
        }
        try {
            this.state.found = await callServer("find_parts", {job_id: this.job.id, text});
        } catch {
            this.state.found = this.truck.filter((part) => matchesWords(part, text));
        }
        if (this.state.found.length === 1 && this.state.found[0].lot_name) {
            this.choose(this.state.found[0]);
        }
    }

    async onCode(code) {
        this.state.text = code;
        await this.find();
    }

    choose(part) {
        this.fill({...EMPTY, part, lot: part.lot_name || ""});
    }

    // Use

    change(step) {
        this.fill({quantity: Math.max(0, Number(this.form.quantity) + step)});
    }

    get canUse() {
        const {part, lot, quantity} = this.form;
        return quantity > 0 && (part.tracking === "none" || lot.trim());
    }

    async use() {
        const {part, lot, quantity} = this.form;
        this.state.text = "";
        await this.sendForm("part_add", {...part, product_id: part.id}, quantity, lot.trim());
    }

    /** One more of a part that the job has already; one with a number asks for it. */
    async addOne(row) {
        if (this.store.isSameTap(`part ${this.job.id} ${row.product_id}`)) {
            return;
        }
        if (row.lots.length || row.tracking !== "none") {
            const part = this.truck.find(({id}) => id === row.product_id);
            this.state.isOpen = true;
            this.choose(part || this.getUnknownPart(row));
        } else {
            await this.send("part_add", row, 1);
        }
    }

    /** A part of the job of which nothing is known in the truck: its number is typed or scanned. */
    getUnknownPart({product_id: id, name, unit, tracking}) {
        return {id, name, unit, tracking: tracking === "none" ? "lot" : tracking, lots: []};
    }

    // Correct

    correct(row) {
        this.fill({...EMPTY, corrected: row.product_id, quantity: row.used});
    }

    get correctedRow() {
        return this.rows.find((row) => row.product_id === this.form.corrected);
    }

    setTotal(row) {
        return this.sendForm("part", row, this.form.quantity);
    }

    takeBack(row, lot) {
        return this.sendForm("part", row, 0, lot);
    }

    /** Send what was typed, once for a double tap; a refusal gives it back. */
    async sendForm(kind, part, quantity, lot) {
        if (this.state.isBusy) {
            return;
        }
        this.state.isBusy = true;
        try {
            await this.send(kind, part, quantity, lot, {[DRAFT]: this.draftText});
        } finally {
            this.state.isBusy = false;
        }
    }

    send(kind, {product_id, name, unit}, quantity, lot, draft) {
        return this.store.act({
            kind,
            job_id: this.job.id,
            ...{product_id, name, unit, quantity: Number(quantity)},
            lot_name: lot || undefined,
            draft,
        });
    }
}

jobCardRegistry.add("parts", JobParts);
