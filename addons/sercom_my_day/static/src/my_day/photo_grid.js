import {Component, onWillStart, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";

import {Icon} from "./icon";
import {canReadHeic, scaleDown} from "./photo";
import {openPhoto} from "./photo_sheet";
import {getPhotoAlt, usePhotoUrls} from "./photo_urls";
import {isOver} from "./places";

/** Small photos with their captions, opened by a tap; those on the phone only are marked. */
export class PhotoGrid extends Component {
    static template = "sercom_my_day.PhotoGrid";
    static components = {Icon};
    static props = {store: Object, job: Object, photos: Array};

    setup() {
        this.getUrl = usePhotoUrls();
        this.getAlt = getPhotoAlt;
    }

    open(photo) {
        const {store, job} = this.props;
        const isOpen = !isOver(job.job_state);
        openPhoto(store, {photo, jobId: job.id, isOpen});
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
        this.state = useState({busy: 0, hasHeic: true});
        onWillStart(async () => (this.state.hasHeic = await canReadHeic()));
    }

    get busyText() {
        return _t("Keeping %s…", this.state.busy);
    }

    /** What is taken, said before it is picked. */
    get limitText() {
        return this.state.hasHeic
            ? _t("Photos, HEIC too; no video.")
            : _t("Photos (JPEG or PNG); no HEIC, no video.");
    }

    async onFiles(ev) {
        const files = [...ev.target.files];
        ev.target.value = ""; // the same photo may be chosen again
        this.state.busy += files.length;
        for (const file of files) {
            try {
                const blob = await scaleDown(file);
                const {job, checkId, when} = this.props;
                await this.store.act(
                    {kind: "photo", job_id: job.id, check_id: checkId, when, name: file.name, blob},
                    undefined,
                    this.store.holdTimes.photo
                );
            } catch (error) {
                this.store.notify(error.message, true);
            } finally {
                this.state.busy -= 1;
            }
        }
    }
}
