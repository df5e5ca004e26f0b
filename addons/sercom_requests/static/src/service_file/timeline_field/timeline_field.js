import {Component} from "@odoo/owl";
import {deserializeDateTime} from "@web/core/l10n/dates";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {formatDate, formatDateTime} from "@web/views/fields/formatters";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

const ICONS = {
    request: "fa-phone",
    call: "fa-comment-o",
    appointment: "fa-calendar",
    quote: "fa-file-text-o",
    job: "fa-wrench",
    photo: "fa-camera",
    report: "fa-file-pdf-o",
    hours: "fa-clock-o",
    purchase: "fa-shopping-cart",
    invoice: "fa-dollar",
    payment: "fa-check-circle",
};

const KINDS = {
    request: _t("Request"),
    call: _t("Call"),
    appointment: _t("Appointment"),
    quote: _t("Quote"),
    job: _t("Job"),
    photo: _t("Photo"),
    report: _t("Report"),
    hours: _t("Hours"),
    purchase: _t("Purchase"),
    invoice: _t("Invoice"),
    payment: _t("Payment"),
};

/** Everything that happened in a service file, oldest first; a click opens the record. */
export class TimelineField extends Component {
    static template = "sercom_requests.TimelineField";
    static props = {...standardFieldProps};

    setup() {
        this.action = useService("action");
    }

    get entries() {
        return (this.props.record.data[this.props.name] || []).map((entry) => ({
            ...entry,
            icon: ICONS[entry.kind] || "fa-circle-o",
            title: KINDS[entry.kind] || "",
            when: entry.is_day
                ? formatDate(deserializeDateTime(entry.date))
                : formatDateTime(deserializeDateTime(entry.date), {showSeconds: false}),
        }));
    }

    open(entry) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: entry.model,
            res_id: entry.id,
            views: [[false, "form"]],
            target: "current",
        });
    }
}

export const timelineField = {
    component: TimelineField,
    displayName: _t("Time line"),
    supportedTypes: ["json"],
};

registry.category("fields").add("sercom_timeline", timelineField);
