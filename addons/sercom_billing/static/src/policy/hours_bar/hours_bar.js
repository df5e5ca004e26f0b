import {HoursBar} from "@sercom_jobs/job/hours_bar/hours_bar";
import {_t} from "@web/core/l10n/translation";
import {patch} from "@web/core/utils/patch";

/** Of a job that is not to exceed: hours authorised, and what is left of them. */
patch(HoursBar.prototype, {
    getBars() {
        const bars = super.getBars();
        const data = this.props.record.data;
        if (data.is_capped) {
            bars.push(
                {
                    key: "authorized",
                    label: _t("Hours authorised"),
                    hours: data.authorized_hours,
                    color: "bg-info",
                },
                {
                    key: "authorized_left",
                    label: _t("Hours left"),
                    hours: Math.max(data.authorized_left_hours, 0),
                    color: data.unauthorized_hours > 0 ? "bg-danger" : "bg-success",
                }
            );
        }
        return bars;
    },
});
