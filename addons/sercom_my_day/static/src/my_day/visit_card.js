import {Component, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";

import {formatSpan, formatTime} from "./format";
import {Icon} from "./icon";

/** Address of a map that finds the way to a place. */
export function getMapUrl(place) {
    const {latitude, longitude, address, site} = place;
    const target = latitude ? `${latitude},${longitude}` : address || site;
    return `https://www.google.com/maps/dir/?api=1&destination=${encodeURIComponent(target)}`;
}

export function getStateName(state) {
    return {
        to_plan: _t("To plan"),
        planned: _t("Planned"),
        in_progress: _t("In progress"),
        done: _t("Done"),
        cancelled: _t("Cancelled"),
    }[state];
}

export class VisitCard extends Component {
    static template = "sercom_my_day.VisitCard";
    static components = {Icon};
    static props = {store: Object, visit: Object, isToday: Boolean};

    setup() {
        this.store = useState(this.props.store);
        this.getMapUrl = getMapUrl;
        this.getStateName = getStateName;
    }

    get visit() {
        return this.props.visit;
    }

    get time() {
        return formatSpan(this.visit.start, this.visit.end, this.store.zone);
    }

    get onMyWayText() {
        return _t("On my way since %s", formatTime(this.visit.on_my_way_on, this.store.zone));
    }

    /** Whether the client may be told: nobody who is there already is on the way. */
    get canTell() {
        return this.props.isToday && this.store.canTell(this.visit, this.visit.job_state);
    }

    get isRunning() {
        const {clock} = this.store.shown;
        return clock.since && clock.job_id === this.visit.job_id;
    }
}
