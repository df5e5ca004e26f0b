import {Component, useRef} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {priorityFlag, slaFlag} from "./board_labels";
import {formatDay, formatHours, parseUtc} from "./board_time";

/** Beside the board: the jobs that wait, or the slots proposed for one of them. */
export class BoardSide extends Component {
    static template = "sercom_jobs.BoardSide";
    static props = {
        store: Object,
        revision: Number,
        isSmall: {type: Boolean, optional: true},
        focusJobId: {type: [Number, Boolean], optional: true},
        onOpenJob: Function,
        onPick: Function,
        onBook: Function,
        onPreview: Function,
        onShow: Function,
        onClose: {type: Function, optional: true},
    };

    setup() {
        this.searchRef = useRef("search");
    }

    get tray() {
        return this.props.store.tray;
    }

    get model() {
        return this.props.store.model;
    }

    get canEdit() {
        return this.model.canEdit;
    }

    get sideLabel() {
        return this.tray.slots ? _t("Free slots") : _t("Jobs to plan");
    }

    missingLabel({missing, people}) {
        return _t("%(missing)s of %(people)s people still to be found", {missing, people});
    }

    openLabel({name}) {
        return _t("Open job %s", name);
    }

    get skills() {
        const names = new Set();
        this.tray.jobs.forEach((job) => job.skills.forEach((name) => names.add(name)));
        if (this.tray.filters.skill) {
            names.add(this.tray.filters.skill);
        }
        return [...names].sort((a, b) => a.localeCompare(b));
    }

    flags(job) {
        return [slaFlag(job.sla_status), priorityFlag(job.priority)].filter(Boolean);
    }

    hours(job) {
        return _t("%s h", formatHours(job.hours));
    }

    /** When the client can: "Tue 24 Nov 8:00 – 12:00", or as much of it as is known. */
    wish({request_early: early, request_late: late}) {
        const {zone} = this.model;
        const moment = (text) => {
            const at = parseUtc(text);
            return `${formatDay(zone.dateOf(at), "d LLL")} ${zone.formatTime(at)}`;
        };
        if (early && late) {
            return `${moment(early)} – ${moment(late)}`;
        }
        if (early) {
            return _t("from %s", moment(early));
        }
        return late ? _t("before %s", moment(late)) : "";
    }

    deadline({sla_deadline: text}) {
        if (!text) {
            return "";
        }
        const at = parseUtc(text);
        const {zone} = this.model;
        const day = formatDay(zone.dateOf(at), "ccc d LLL");
        return _t("due %s", `${day} ${zone.formatTime(at)}`);
    }

    /** A proposal in words, in the time zone of its first person. */
    slot(proposal) {
        const start = parseUtc(proposal.date_start);
        const end = parseUtc(proposal.date_end);
        const [first] = proposal.employee_ids;
        const zone = this.model.employees.get(first)?.zone || this.model.zone;
        return {
            ...{proposal, start, end},
            employeeId: first,
            date: zone.dateOf(start),
            names: proposal.employees.join(", "),
            day: formatDay(zone.dateOf(start), "ccc d LLL"),
            time: zone.formatRange(start, end),
        };
    }

    onKeydown(ev) {
        const card = ev.target.closest("[data-job-id]");
        if (!card || ev.target !== card) {
            return;
        }
        const job = this.tray.get(Number(card.dataset.jobId));
        const moves = {ArrowDown: "nextElementSibling", ArrowUp: "previousElementSibling"};
        if (moves[ev.key]) {
            const next = card[moves[ev.key]];
            if (next?.dataset.jobId) {
                next.focus();
            }
        } else if (ev.key === "Enter") {
            this.props.onOpenJob(job.id);
        } else if (ev.key.toLowerCase() === "m" && this.canEdit && !this.props.isSmall) {
            this.props.onPick(job);
        } else if (ev.key.toLowerCase() === "f" && this.canEdit) {
            this.tray.findSlots(job);
        } else {
            return;
        }
        ev.preventDefault();
        ev.stopPropagation();
    }

    clearFilters() {
        this.tray.search = "";
        this.tray.setFilter({urgent: false, sla: false, team: false, skill: ""});
    }
}
