import {Component, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";

import {formatMoment} from "./format";
import {Icon} from "./icon";
import {getPhotoAlt, usePhotoUrls} from "./photo_urls";

/**
 * Show one photo, which is not sent meanwhile.
 *
 * @param {Object} options `photo`, `jobId`, `isOpen`: whether its caption can be changed
 */
export async function openPhoto(store, options) {
    const {uuid} = options.photo;
    const isWaiting = store.queue.waiting.some((action) => action.uuid === uuid);
    if (isWaiting) {
        store.queue.holds.hold(uuid);
    }
    await store.ask({...options, component: PhotoSheet});
    if (isWaiting) {
        store.queue.holds.release(uuid);
    }
}

/** One photo, big: its caption; what is on the phone only can be deleted. */
export class PhotoSheet extends Component {
    static template = "sercom_my_day.PhotoSheet";
    static components = {Icon};
    static props = {store: Object, question: Object};

    setup() {
        this.store = useState(this.props.store);
        this.getUrl = usePhotoUrls();
        this.getAlt = getPhotoAlt;
        this.state = useState({isBusy: false});
    }

    // What is typed is kept until it is saved

    get draftName() {
        const {photo} = this.props.question;
        return `caption_${photo.uuid || photo.id}`;
    }

    get draft() {
        return this.store.drafts.get(this.props.question.jobId, this.draftName);
    }

    get caption() {
        return this.draft ?? this.photo.caption ?? "";
    }

    type(ev) {
        this.store.drafts.set(this.props.question.jobId, this.draftName, ev.target.value);
    }

    forget() {
        this.store.drafts.drop(this.props.question.jobId, this.draftName);
    }

    /** The photo as it is now: it may have arrived since it was opened. */
    get photo() {
        const {photo, jobId} = this.props.question;
        const photos = this.store.shown.jobs[jobId]?.photos || [];
        return photos.find(({uuid}) => uuid && uuid === photo.uuid) || photo;
    }

    /** What carries the photo to the office, as long as it waits. */
    get action() {
        return this.store.queue.waiting.find(({uuid}) => uuid === this.photo.uuid);
    }

    get isDeletable() {
        return this.store.outbox.some(({uuid}) => uuid === this.photo.uuid);
    }

    get isEditable() {
        return this.props.question.isOpen;
    }

    get takenText() {
        const {moment} = this.photo;
        return moment ? formatMoment(moment, this.store.zone) : "";
    }

    async save() {
        const caption = this.caption.trim();
        const {action, draft, draftName, photo, store} = this;
        if (caption === (photo.caption || "")) {
            this.forget();
        } else {
            this.state.isBusy = true;
            if (action && !store.queue.sending.includes(action)) {
                await store.queue.change(action, {caption});
                this.forget();
            } else {
                await store.act({
                    ...{kind: "caption", job_id: this.props.question.jobId, caption},
                    ...{photo_id: photo.isWaiting ? undefined : photo.id, photo_uuid: photo.uuid},
                    name: caption,
                    draft: {[draftName]: draft},
                });
            }
        }
        this.props.question.answer(true);
    }

    async drop() {
        const {action, store, photo, props} = this;
        const isSure = await store.ask({
            title: _t("Delete this photo?"),
            text: _t("It is on this phone only, and cannot be brought back."),
            yes: _t("Delete"),
            no: _t("Keep"),
        });
        if (isSure && action && !(await store.queue.dismiss(action))) {
            store.notify(_t("This photo has just been sent. Ask the office to delete it."), true);
        } else if (isSure) {
            this.forget();
        } else {
            openPhoto(store, {...props.question, photo});
        }
    }
}
