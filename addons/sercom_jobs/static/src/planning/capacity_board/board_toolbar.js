import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {addDays, formatDay} from "./board_time";

/** The period: which, at what scale, and the way to the next one. */
export class BoardToolbar extends Component {
    static template = "sercom_jobs.BoardToolbar";
    static props = {
        store: Object,
        layout: Object,
        revision: Number,
        isSmall: Boolean,
        onSearch: Function,
    };

    get scales() {
        return [
            {key: "day", label: _t("Day")},
            {key: "week", label: _t("Week")},
            {key: "month", label: _t("4 weeks")},
        ];
    }

    get title() {
        const {store} = this.props;
        const {from, to} = store.period;
        if (store.scale === "day") {
            return formatDay(from, this.props.isSmall ? "ccc d LLL" : "cccc d LLLL yyyy");
        }
        const last = addDays(to, -1);
        const isSameMonth = from.slice(0, 7) === last.slice(0, 7);
        return `${formatDay(from, isSameMonth ? "d" : "d LLL")} – ${formatDay(last, "d LLL yyyy")}`;
    }

    get isNow() {
        const {store} = this.props;
        const {from, to} = store.period;
        return from <= store.today && store.today < to;
    }

    onDate(ev) {
        if (ev.target.value) {
            this.props.store.show({date: ev.target.value});
        }
    }
}
