import {Component, onWillDestroy, onWillUpdateProps, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";

import {Icon} from "./icon";
import {scaleDown} from "./photo";

/** Small photos; those on the phone only are marked. */
export class PhotoGrid extends Component {
    static template = "sercom_my_day.PhotoGrid";
    static components = {Icon};
    static props = {store: Object, photos: Array};

    setup() {
        this.urls = new Map();
        const drop = (kept) => {
            for (const [id, url] of this.urls) {
                if (!kept.has(id)) {
                    URL.revokeObjectURL(url);
                    this.urls.delete(id);
                }
            }
        };
        onWillUpdateProps(({photos}) => drop(new Set(photos.map((photo) => photo.id))));
        onWillDestroy(() => drop(new Set()));
    }

    getUrl(photo) {
        if (!photo.blob) {
            return photo.url;
        }
        if (!this.urls.has(photo.id)) {
            this.urls.set(photo.id, URL.createObjectURL(photo.blob));
        }
        return this.urls.get(photo.id);
    }
}

/** Opens the camera; each photo is scaled down and kept before the next one. */
export class PhotoButton extends Component {
    static template = "sercom_my_day.PhotoButton";
    static components = {Icon};
    static props = {
        store: Object,
        job: Object,
        when: String,
        label: String,
        checkId: {type: Number, optional: true},
    };

    setup() {
        this.store = useState(this.props.store);
        this.state = useState({busy: 0});
    }

    get busyText() {
        return _t("Keeping %s…", this.state.busy);
    }

    async onFiles(ev) {
        const files = [...ev.target.files];
        ev.target.value = ""; // the same photo may be chosen again
        this.state.busy += files.length;
        for (const file of files) {
            try {
                const blob = await scaleDown(file);
                await this.store.act({
                    kind: "photo",
                    job_id: this.props.job.id,
                    check_id: this.props.checkId,
                    when: this.props.when,
                    name: file.name,
                    blob,
                });
            } catch (error) {
                this.store.notify(error.message, true);
            } finally {
                this.state.busy -= 1;
            }
        }
    }
}
