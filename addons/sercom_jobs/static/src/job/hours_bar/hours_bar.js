import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {formatFloatTime} from "@web/views/fields/formatters";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";

/** Hours sold, planned and, where they are clocked, worked: one bar each, on one scale. */
export class HoursBar extends Component {
    static template = "sercom_jobs.HoursBar";
    static props = {...standardWidgetProps};

    /** Hook: bars before they are scaled: key, label, hours, color. */
    getBars() {
        const data = this.props.record.data;
        const bars = [
            {key: "sold", label: _t("Hours sold"), hours: data.sold_hours, color: "bg-info"},
            {
                key: "planned",
                label: _t("Hours planned"),
                hours: data.planned_hours,
                color: "bg-primary",
            },
        ];
        if ("worked_hours" in data) {
            const isOver = data.sold_hours && data.worked_hours > data.sold_hours;
            bars.push({
                key: "worked",
                label: _t("Hours worked"),
                hours: data.worked_hours,
                color: isOver ? "bg-danger" : "bg-success",
            });
        }
        return bars;
    }

    get bars() {
        const bars = this.getBars();
        const most = Math.max(...bars.map((bar) => bar.hours || 0)) || 1;
        return bars.map((bar) => ({
            ...bar,
            text: formatFloatTime(bar.hours || 0),
            width: Math.round((100 * (bar.hours || 0)) / most),
        }));
    }
}

registry.category("view_widgets").add("sercom_hours_bar", {component: HoursBar});
