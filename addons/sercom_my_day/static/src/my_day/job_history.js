import {Component, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";

import {formatDate, toText} from "./format";
import {openPhoto} from "./photo_sheet";
import {getPhotoAlt} from "./photo_urls";
import {jobCardRegistry, loaderRegistry} from "./registries";

/** The site's history: what is installed there, and what was found and done before. */
export class JobHistory extends Component {
    static template = "sercom_my_day.JobHistory";
    static props = {store: Object, job: Object};

    setup() {
        this.store = useState(this.props.store);
        this.getAlt = getPhotoAlt;
    }

    get equipment() {
        return this.props.job.equipment || [];
    }

    get visits() {
        return this.props.job.history || [];
    }

    getPieceText({serial, installed_on, warranty_until}) {
        return [
            serial && _t("No. %s", serial),
            installed_on && _t("installed %s", formatDate(installed_on)),
            warranty_until && !this.isOver(warranty_until)
                ? _t("under warranty until %s", formatDate(warranty_until))
                : warranty_until && _t("warranty over since %s", formatDate(warranty_until)),
        ]
            .filter(Boolean)
            .join(" · ");
    }

    isOver(day) {
        return day < toText(new Date(this.store.serverNow)).slice(0, 10);
    }

    getVisitText({date, subject, name}) {
        return [formatDate(date), subject || name].join(" · ");
    }

    getPeopleText({name, subject, people}) {
        return [subject && name, people].filter(Boolean).join(" · ");
    }

    getNotes({found_note, work_note, advice_note}) {
        return [
            {name: _t("Found"), text: found_note},
            {name: _t("Work done"), text: work_note},
            {name: _t("Advised"), text: advice_note},
        ].filter(({text}) => text);
    }

    open(photo) {
        openPhoto(this.store, {photo, jobId: this.props.job.id, isOpen: false});
    }
}

jobCardRegistry.add("history", JobHistory, {sequence: 60});

/** Small photos of earlier visits, so that the phone has them without network. */
async function keepPastPhotos(store, jobs) {
    if (!navigator.serviceWorker?.controller) {
        return; // nobody would keep them
    }
    const visits = store.base.day.days[0]?.visits || [];
    const today = new Set(visits.map(({job_id}) => job_id));
    const photos = jobs
        .filter(({id}) => today.has(id))
        .flatMap(({history = []}) => history.flatMap((visit) => visit.photos));
    store.pastPhotos ||= new Set();
    for (const {url} of photos.filter((photo) => !store.pastPhotos.has(photo.url))) {
        try {
            await fetch(url);
            store.pastPhotos.add(url);
        } catch {
            return; // with the next data
        }
    }
}

loaderRegistry.add("past_photos", keepPastPhotos, {sequence: 90});
