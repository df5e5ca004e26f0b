import {HoursBar} from "@sercom_jobs/job/hours_bar/hours_bar";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {formatMonetary} from "@web/views/fields/formatters";

/** Of a job not to exceed an amount: what is authorised, used, and left of it. */
export class AmountBar extends HoursBar {
    getBars() {
        const data = this.props.record.data;
        const isOver = data.used_amount > data.authorized_amount;
        return [
            {
                key: "authorized_amount",
                label: _t("Authorised"),
                hours: data.authorized_amount,
                color: "bg-info",
            },
            {
                key: "used_amount",
                label: _t("Used"),
                hours: data.used_amount,
                color: isOver ? "bg-danger" : "bg-primary",
            },
            {
                key: "authorized_left_amount",
                label: _t("Left"),
                hours: Math.max(data.authorized_left_amount, 0),
                color: "bg-success",
            },
        ];
    }

    get bars() {
        const currencyId = this.props.record.data.currency_id?.id;
        return super.bars.map((bar) => ({
            ...bar,
            text: formatMonetary(bar.hours || 0, {currencyId}),
        }));
    }
}

registry.category("view_widgets").add("sercom_amount_bar", {component: AmountBar});
