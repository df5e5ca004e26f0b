/** Words, icons and classes of what the board shows. Colour never speaks alone. */
import {_t} from "@web/core/l10n/translation";
import {formatDay, formatHours, parseUtc} from "./board_time";

/** How a block looks: a draft is an outline, work under way has a thick edge, done is faded. */
export function blockStatus(block) {
    if (block.state === "done" || block.job_state === "done") {
        return {key: "done", icon: "fa-flag-checkered", label: _t("Done")};
    }
    if (block.state === "draft") {
        return {key: "draft", icon: "fa-pencil", label: _t("Draft")};
    }
    if (block.job_state === "in_progress") {
        return {key: "progress", icon: "fa-play", label: _t("In progress")};
    }
    return {key: "confirmed", icon: "fa-check", label: _t("Confirmed")};
}

/** What the service level says of a job; nothing when all is well. */
export function slaFlag(status) {
    return {
        late: {icon: "fa-bell", cls: "text-danger", label: _t("SLA late")},
        missed: {icon: "fa-bell", cls: "text-danger", label: _t("SLA missed")},
        at_risk: {icon: "fa-bell-o", cls: "text-warning", label: _t("SLA at risk")},
    }[status];
}

export function priorityFlag(priority) {
    return {
        3: {icon: "fa-fire", cls: "text-danger", label: _t("Urgent")},
        2: {icon: "fa-arrow-up", cls: "text-warning", label: _t("High priority")},
    }[priority];
}

/** How an appointment that is no job's block looks: an assessment, or another one. */
export function appointmentStatus({kind}) {
    const label = {assessment: _t("Assessment"), visit: _t("Visit")}[kind] || _t("Appointment");
    return {key: "event", icon: kind === "assessment" ? "fa-search" : "fa-calendar", label};
}

/** Both ends of the client's window, in words; `…` where they said none. */
function windowEnds({request_early: early, request_late: late}, zone) {
    const moment = (text) => {
        if (!text) {
            return "…";
        }
        const at = parseUtc(text);
        return `${formatDay(zone.dateOf(at), "d LLL")} ${zone.formatTime(at)}`;
    };
    return {early: moment(early), late: moment(late)};
}

/** When the client can: "24 Nov 8:00 – 12:00", or as much of it as is known; else nothing. */
export function windowText(wish, zone) {
    const {request_early: from, request_late: to} = wish;
    const {early, late} = windowEnds(wish, zone);
    if (from && to) {
        const [start, end] = [parseUtc(from), parseUtc(to)];
        const isOneDay = zone.dateOf(start) === zone.dateOf(end);
        return `${early} – ${isOneDay ? zone.formatTime(end) : late}`;
    }
    if (from) {
        return _t("from %s", early);
    }
    return to ? _t("before %s", late) : "";
}

/** Why [start, end) is not when the client can; nothing when it is. */
export function outsideWindow(wish, start, end, zone) {
    const {request_early: early, request_late: late} = wish;
    if ((early && start < parseUtc(early)) || (late && end > parseUtc(late))) {
        return _t("Outside the client's window (%(early)s – %(late)s)", windowEnds(wish, zone));
    }
    return "";
}

/** The signs on a block, most serious first. */
export function blockFlags(block, zone) {
    const flags = [];
    if (block.override) {
        const label = _t("Booked in spite of a conflict");
        flags.push({icon: "fa-exclamation-circle", cls: "text-danger", label});
    }
    if (block.warning) {
        flags.push({icon: "fa-exclamation-triangle", cls: "text-warning", label: block.warning});
    }
    const outside =
        zone && block.state !== "done" && outsideWindow(block, block.start, block.end, zone);
    if (outside) {
        flags.push({icon: "fa-user-times", cls: "text-warning", label: outside});
    }
    flags.push(slaFlag(block.sla_status), priorityFlag(block.priority));
    if (block.is_leader) {
        flags.push({icon: "fa-star", cls: "", label: _t("Crew leader")});
    }
    return flags.filter(Boolean);
}

/** "6.5/8 h", or shorter "6.5/8", and what it means. */
export function loadLabel({booked, available}, isShort = false) {
    const numbers = `${formatHours(booked)}/${formatHours(available)}`;
    return {
        text: isShort ? numbers : _t("%s h", numbers),
        title: _t("%(booked)s hours booked of %(available)s, %(free)s free", {
            booked: formatHours(booked),
            available: formatHours(available),
            free: formatHours(Math.max(0, available - booked)),
        }),
    };
}

/** A block in one sentence, for a screen reader and as a tooltip. */
export function blockSentence(block, employee, dayText) {
    return [
        block.client || block.job,
        block.subject,
        `${dayText} ${employee.zone.formatRange(block.start, block.end)}`,
        employee.name,
        blockStatus(block).label,
        wishLabel(block, employee.zone),
        ...blockFlags(block, employee.zone).map((flag) => flag.label),
    ]
        .filter(Boolean)
        .join(", ");
}

/** "Client: 24 Nov 8:00 – 12:00"; nothing when they said nothing. */
export function wishLabel(wish, zone) {
    const text = windowText(wish, zone);
    return text && _t("Client: %s", text);
}

/** An appointment in one sentence. */
export function appointmentSentence(appointment, employee, dayText) {
    return [
        appointment.name,
        appointment.client,
        appointment.city,
        `${dayText} ${employee.zone.formatRange(appointment.start, appointment.end)}`,
        employee.name,
        appointmentStatus(appointment).label,
        ...appointmentFlags(appointment, employee.zone).map((flag) => flag.label),
    ]
        .filter(Boolean)
        .join(", ");
}

export function appointmentFlags(appointment, zone) {
    const {start, end, allday} = appointment;
    const outside = !allday && outsideWindow(appointment, start, end, zone);
    return outside ? [{icon: "fa-user-times", cls: "text-warning", label: outside}] : [];
}
