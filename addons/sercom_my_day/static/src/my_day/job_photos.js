import {Component, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";

import {PhotoButton, PhotoGrid} from "./photo_grid";

/** Photos before, during and after the work. */
export class JobPhotos extends Component {
    static template = "sercom_my_day.JobPhotos";
    static components = {PhotoButton, PhotoGrid};
    static props = {store: Object, job: Object};

    setup() {
        this.store = useState(this.props.store);
    }

    get takeText() {
        return _t("Take photos");
    }

    get groups() {
        const names = {before: _t("Before"), during: _t("During"), after: _t("After")};
        return Object.entries(names).map(([when, name]) => ({
            when,
            name,
            photos: this.props.job.photos.filter((photo) => photo.when === when),
        }));
    }
}
