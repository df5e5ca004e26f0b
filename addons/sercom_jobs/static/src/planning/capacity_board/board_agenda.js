import {Component} from "@odoo/owl";
import {loadLevel} from "./board_geometry";
import {
    appointmentFlags,
    appointmentStatus,
    blockFlags,
    blockStatus,
    loadLabel,
} from "./board_labels";

/** The board on a phone: one day, person by person, as a list to read. */
export class BoardAgenda extends Component {
    static template = "sercom_jobs.BoardAgenda";
    static props = {store: Object, revision: Number, onBlock: Function, onEvent: Function};

    get model() {
        return this.props.store.model;
    }

    get groups() {
        const {store} = this.props;
        const collapsed = new Set(store.settings.collapsed);
        return this.model.rows({search: store.search, collapsed}).map((row) => {
            if (row.type === "team") {
                return row;
            }
            return {...row, ...this._person(row.employee)};
        });
    }

    _person(employee) {
        const [date] = this.model.dates;
        const load = this.model.load([employee], [date]);
        const {zone} = employee;
        const noon = zone.at(date, 12);
        const isElsewhere = zone.isElsewhere(this.model.zone, noon);
        const level = loadLevel(load.booked, load.available);
        return {
            load: loadLabel(load),
            level,
            percent: load.available
                ? Math.min(100, Math.round((100 * load.booked) / load.available))
                : 0,
            off: employee.dayByDate.get(date)?.off || "",
            zone: isElsewhere ? zone.abbreviation(noon) : "",
            blocks: (this.model.blocksByDate(employee).get(date) || []).map((item) => ({
                ...(item.isAppointment ? this._appointment(item, zone) : this._block(item, zone)),
                city: item.city,
                time: zone.formatRange(item.start, item.end),
            })),
        };
    }

    _block(block, zone) {
        return {
            key: block.id,
            blockId: block.id,
            status: blockStatus(block),
            flags: blockFlags(block, zone),
            title: block.client || block.job,
            subject: block.subject || block.job,
        };
    }

    _appointment(appointment, zone) {
        return {
            key: `e${appointment.id}`,
            eventId: !appointment.is_private && appointment.id,
            status: appointmentStatus(appointment),
            flags: appointmentFlags(appointment, zone),
            title: appointment.name,
            subject: appointment.client || "",
        };
    }

    toggle(id) {
        const collapsed = new Set(this.props.store.settings.collapsed);
        if (!collapsed.delete(id)) {
            collapsed.add(id);
        }
        this.props.store.remember({collapsed: [...collapsed]});
    }

    onClick(ev) {
        const el = ev.target.closest("[data-block-id]");
        if (el) {
            this.props.onBlock(Number(el.dataset.blockId), el);
        }
        const event = ev.target.closest("[data-event-id]");
        if (event) {
            this.props.onEvent(Number(event.dataset.eventId));
        }
    }
}
