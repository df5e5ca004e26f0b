import {Component, useRef} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {appointmentStatus, priorityFlag, slaFlag, windowText} from "./board_labels";
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
        onOpenEvent: Function,
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

    wish(item) {
        return windowText(item, this.model.zone);
    }

    // Appointments

    /** None match a filter of jobs; while one looks for slots, they are out of sight. */
    get events() {
        return this.tray.events;
    }

    eventStatus(event) {
        return appointmentStatus(event);
    }

    eventTime({start, end, first}) {
        const {zone} = this.model;
        const day = formatDay(first || zone.dateOf(start), "ccc d LLL");
        return `${day}, ${zone.formatRange(start, end)}`;
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
        const card = ev.target.closest("[data-job-id], [data-event-id]");
        if (!card || ev.target !== card) {
            return;
        }
        const job = this.tray.get(Number(card.dataset.jobId));
        const event = this.tray.getEvent(Number(card.dataset.eventId));
        const moves = {ArrowDown: "nextElementSibling", ArrowUp: "previousElementSibling"};
        if (moves[ev.key]) {
            const next = card[moves[ev.key]];
            if (next?.classList.contains("o_scb_card")) {
                next.focus();
            }
        } else if (ev.key === "Enter") {
            job ? this.props.onOpenJob(job.id) : this.props.onOpenEvent(event.id);
        } else if (ev.key.toLowerCase() === "m" && this.canEdit && !this.props.isSmall) {
            this.props.onPick(job ? {kind: "job", job} : {kind: "event", event});
        } else if (ev.key.toLowerCase() === "f" && this.canEdit && job) {
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
