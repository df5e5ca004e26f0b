import {Component, onWillStart, useState} from "@odoo/owl";
import {formatNumber} from "@sercom_my_day/my_day/format";
import {Icon} from "@sercom_my_day/my_day/icon";
import {jobCardRegistry} from "@sercom_my_day/my_day/registries";
import {callServer} from "@sercom_my_day/my_day/server";
import {_t} from "@web/core/l10n/translation";

import {loadTruck} from "./truck";

const PATIENCE = 350; // milliseconds after the last letter

/** Parts of the job, and those used out of the truck: by name, code or barcode. */
export class JobParts extends Component {
    static template = "sercom_my_day_parts.JobParts";
    static components = {Icon};
    static props = {store: Object, job: Object};

    setup() {
        this.store = useState(this.props.store);
        this.state = useState({isOpen: false, text: "", found: [], part: null});
        this.formatNumber = formatNumber;
        this.canScan = "BarcodeDetector" in window;
        onWillStart(() => this.drop());
    }

    drop() {
        this.state.part = null;
        this.state.quantity = 1;
        this.state.lot = "";
    }

    get found() {
        if (this.state.text) {
            return this.state.found;
        }
        return this.store.base.truck || [];
    }

    async open() {
        this.state.isOpen = true;
        await loadTruck(this.store, this.props.job.id);
    }

    type(ev) {
        this.state.text = ev.target.value;
        clearTimeout(this.timer);
        this.timer = setTimeout(() => this.find(), PATIENCE);
    }

    /** Ask the server; without network, look in what is known of the truck. */
    async find() {
        const {text} = this.state;
        const words = text.trim().toLowerCase();
        if (!words) {
            return;
        }
        try {
            this.state.found = await callServer("find_parts", {
                job_id: this.props.job.id,
                text,
            });
        } catch {
            this.state.found = (this.store.base.truck || []).filter((part) =>
                [part.name, part.code, part.barcode].some((word) =>
                    (word || "").toLowerCase().includes(words)
                )
            );
        }
        if (this.state.found.length === 1 && this.state.found[0].lot_name) {
            this.choose(this.state.found[0]);
        }
    }

    async scan(ev) {
        const [file] = ev.target.files;
        ev.target.value = "";
        if (!file) {
            return;
        }
        try {
            const codes = await new window.BarcodeDetector().detect(await createImageBitmap(file));
            if (codes.length) {
                this.state.text = codes[0].rawValue;
                await this.find();
                return;
            }
        } catch {
            // told below: a code that cannot be read
        }
        this.store.notify(_t("No barcode was found in the picture. Type its number."), true);
    }

    choose(part) {
        this.drop();
        this.state.part = part;
        this.state.quantity = (part.used_quantity || 0) + 1;
        this.state.lot = part.lot_name || "";
    }

    change(step) {
        this.state.quantity = Math.max(0, Number(this.state.quantity) + step);
    }

    get canUse() {
        const {part, lot, quantity} = this.state;
        return quantity >= 0 && (part.tracking === "none" || lot.trim());
    }

    async use() {
        const {part, lot, quantity} = this.state;
        this.state.part = null;
        this.state.text = "";
        await this.store.act({
            kind: "part",
            job_id: this.props.job.id,
            product_id: part.id,
            name: part.name,
            unit: part.unit,
            quantity: Number(quantity),
            lot_name: lot.trim() || undefined,
        });
    }
}

jobCardRegistry.add("parts", JobParts);
