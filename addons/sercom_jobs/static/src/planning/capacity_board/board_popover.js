import {Component, onWillStart, useState} from "@odoo/owl";
import {useService} from "@web/core/utils/hooks";
import {blockFlags, blockStatus, wishLabel} from "./board_labels";
import {HOUR, formatDay, formatHours} from "./board_time";

const JOB_FIELDS = ["location_id", "street", "city", "phone", "contact_id", "contact_phone"];

/** What one wants to know of a block, and do with it. */
export class BoardPopover extends Component {
    static template = "sercom_jobs.BoardPopover";
    static props = {
        block: Object,
        employee: Object,
        canEdit: Boolean,
        boardZone: Object,
        onOpenJob: Function,
        onConfirm: Function,
        onUnassign: Function,
        onDuplicate: Function,
        close: Function,
    };

    setup() {
        this.orm = useService("orm");
        this.job = useState({});
        // The popover opens at once; the site's details fill in.
        onWillStart(() => {
            this.load();
        });
    }

    async load() {
        const [job] = await this.orm.silent.read(
            "fsm.order",
            [this.props.block.job_id],
            JOB_FIELDS
        );
        Object.assign(this.job, job);
    }

    get status() {
        return blockStatus(this.props.block);
    }

    get flags() {
        return blockFlags(this.props.block, this.props.employee.zone);
    }

    get wish() {
        return wishLabel(this.props.block, this.props.employee.zone);
    }

    get isFixed() {
        return this.status.key === "done";
    }

    get day() {
        const {block, employee} = this.props;
        return formatDay(employee.zone.dateOf(block.start), "cccc d LLLL");
    }

    get time() {
        const {block, employee} = this.props;
        return employee.zone.formatRange(block.start, block.end);
    }

    get length() {
        const {block} = this.props;
        return formatHours((block.end - block.start) / HOUR);
    }

    /** The same time where the dispatcher is, when the person is elsewhere. */
    get here() {
        const {block, employee, boardZone} = this.props;
        if (!employee.zone.isElsewhere(boardZone, block.start, block.end)) {
            return "";
        }
        const zone = boardZone.abbreviation(block.start);
        return `${boardZone.formatRange(block.start, block.end)} ${zone}`;
    }

    get planned() {
        return formatHours(this.props.block.planned_hours);
    }

    get address() {
        return [this.job.street, this.job.city || this.props.block.city].filter(Boolean).join(", ");
    }

    get phone() {
        return this.job.contact_phone || this.job.phone;
    }

    run(action, ...args) {
        this.props.close();
        action(this.props.block, ...args);
    }
}
