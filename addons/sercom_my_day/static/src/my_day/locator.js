import {markRaw} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";

import {formatNumber} from "./format";
import {distanceKm, locate} from "./position";

/** Where the phone is, as far as the company and the technician let it be known. */
export class Locator {
    /**
     * @param {Storage} storage
     * @param {boolean} isTracked whether the company notes where its people punch
     */
    constructor(storage, isTracked) {
        this.storage = markRaw(storage);
        this.isTracked = isTracked;
        this.consent = undefined; // true, false, or not asked yet
        this.position = null;
    }

    async load() {
        this.consent = await this.storage.read("consent");
        const position = await this.storage.read("position");
        this.position = position ? markRaw(position) : null;
    }

    /**
     * What gives a promise of where the phone is, for a punch; `null` where that is not noted.
     *
     * @param {Function} ask asks the technician a question
     */
    async getPosition(ask) {
        if (!this.isTracked) {
            return null;
        }
        if (this.consent === undefined) {
            this.consent = await ask({
                title: _t("Where you clock in and out"),
                text: _t(
                    "Your company notes where you are at the moment you clock in and out, " +
                        "and only then. You may refuse: the clock works all the same."
                ),
                yes: _t("Allow"),
                no: _t("Refuse"),
            });
            await this.storage.write("consent", this.consent);
        }
        if (!this.consent) {
            return null;
        }
        const position = locate();
        position.then((place) => this._keep(place));
        return () => position; // a promise returned as such would be waited for
    }

    /** Look where the phone is, to show distances; it is sent to nobody. `null` for unknown. */
    async update() {
        const position = await locate();
        await this._keep(position);
        return position;
    }

    async _keep(position) {
        if (position) {
            this.position = markRaw(position);
            await this.storage.write("position", position);
        }
    }

    /** How far a place is as the crow flies, in km; `null` when nobody knows. */
    getDistance(place) {
        return distanceKm(this.position, place);
    }

    getDistanceText(place) {
        const distance = this.getDistance(place);
        return distance === null ? "" : _t("%s km", formatNumber(distance, distance < 10 ? 1 : 0));
    }
}
