/** Words, icons and classes of what the board shows. Colour never speaks alone. */
import {_t} from "@web/core/l10n/translation";
import {formatHours} from "./board_time";

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

/** The signs on a block, most serious first. */
export function blockFlags(block) {
    const flags = [];
    if (block.override) {
        const label = _t("Booked in spite of a conflict");
        flags.push({icon: "fa-exclamation-circle", cls: "text-danger", label});
    }
    if (block.warning) {
        flags.push({icon: "fa-exclamation-triangle", cls: "text-warning", label: block.warning});
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
        ...blockFlags(block).map((flag) => flag.label),
    ]
        .filter(Boolean)
        .join(", ");
}
