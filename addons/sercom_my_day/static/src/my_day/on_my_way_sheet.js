import {Component, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";

import {formatSpan, toDate, toText} from "./format";
import {Icon} from "./icon";

const MINUTE = 60000; // milliseconds
const STEP = 5 * MINUTE;
const WINDOW = 30 * MINUTE; // how long a window the client is told, as the server has it
const UNKNOWN_ROAD = 15 * MINUTE;

/**
 * When a client may expect who leaves now, as the server reckons it (`arrival_window`).
 *
 * @param {Object} visit with `start` and `road`, the company's travel settings
 * @param {number | null} distance in km, as the crow flies
 * @param {number} now the server's time, in milliseconds
 */
export function getArrival({start, road}, distance, now) {
    const minutes = distance === null ? 0 : (60 * distance * road.detour) / road.speed + road.extra;
    const expected =
        distance === null
            ? Math.max(toDate(start).getTime(), now + UNKNOWN_ROAD)
            : now + minutes * MINUTE;
    return Math.floor(expected / STEP) * STEP;
}

/** Whom to tell of which arrival, before anybody is told. */
export class OnMyWaySheet extends Component {
    static template = "sercom_my_day.OnMyWaySheet";
    static components = {Icon};
    static props = {store: Object, question: Object};

    setup() {
        this.store = useState(this.props.store);
        const {visit, distance} = this.props.question;
        this.state = useState({
            recipientId: visit.recipients[0]?.id,
            early: getArrival(visit, distance, this.store.serverNow),
        });
    }

    get visit() {
        return this.props.question.visit;
    }

    get recipient() {
        return this.visit.recipients.find(({id}) => id === this.state.recipientId);
    }

    get windowText() {
        const [early, late] = [this.state.early, this.state.early + WINDOW];
        return formatSpan(toText(new Date(early)), toText(new Date(late)), this.store.zone);
    }

    getChannelText({channel}) {
        return {email: _t("by e-mail"), sms: _t("by text message")}[channel] || "";
    }

    move(steps) {
        const soonest = Math.floor(this.store.serverNow / STEP) * STEP;
        this.state.early = Math.max(this.state.early + steps * STEP, soonest);
    }

    /** Whether the clock runs for the road already. */
    get isTravelling() {
        return this.store.shown.clock?.work_type === "travel";
    }

    tell(isTravel) {
        this.props.question.answer({
            recipient: this.recipient,
            arrival: toText(new Date(this.state.early)),
            isTravel,
        });
    }
}
