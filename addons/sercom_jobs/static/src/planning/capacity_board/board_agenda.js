import {Component} from "@odoo/owl";
import {loadLevel} from "./board_geometry";
import {blockFlags, blockStatus, loadLabel} from "./board_labels";

/** The board on a phone: one day, person by person, as a list to read. */
export class BoardAgenda extends Component {
    static template = "sercom_jobs.BoardAgenda";
    static props = {store: Object, revision: Number, onBlock: Function};

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
        const isElsewhere = zone.name !== this.model.zone.name;
        const level = loadLevel(load.booked, load.available);
        return {
            load: loadLabel(load),
            level,
            percent: load.available
                ? Math.min(100, Math.round((100 * load.booked) / load.available))
                : 0,
            off: employee.dayByDate.get(date)?.off || "",
            zone: isElsewhere ? zone.abbreviation(zone.at(date, 12)) : "",
            blocks: (this.model.blocksByDate(employee).get(date) || []).map((block) => ({
                block,
                status: blockStatus(block),
                flags: blockFlags(block),
                time: zone.formatRange(block.start, block.end),
            })),
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
    }
}
