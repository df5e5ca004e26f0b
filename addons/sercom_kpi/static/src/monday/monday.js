import {Component, onWillStart, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {Layout} from "@web/search/layout";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";

const FORMATS = {money: "monetary", hours: "float", percent: "float", count: "integer"};

/** The manager's Monday: one page, each figure says how it is made and opens its records. */
export class KpiMonday extends Component {
    static template = "sercom_kpi.Monday";
    static components = {Layout};
    static props = {...standardActionServiceProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.reached = _t("Reached");
        this.missed = _t("Missed");
        this.display = {controlPanel: {}};
        this.state = useState({title: "", currency_id: false, sections: [], explained: ""});
        onWillStart(async () => {
            Object.assign(this.state, await this.orm.call("sercom.kpi.monday", "get_page", []));
        });
    }

    /**
     * @param {Object} row
     * @param {number|null} value
     * @returns {string} what a person reads; a dash where there is nothing to divide by
     */
    format(row, value) {
        if (value === null || value === undefined || value === false) {
            return "—";
        }
        const formatter = registry.category("formatters").get(FORMATS[row.unit]);
        const options = row.unit === "money" ? {currencyId: this.state.currency_id} : {};
        if (row.unit === "percent") {
            return `${formatter(value, {digits: [16, 1]})} %`;
        }
        if (row.unit === "hours") {
            return `${formatter(value, {digits: [16, 2]})} h`;
        }
        return formatter(value, options);
    }

    /** Show how a figure is made, or hide it again. */
    explain(key) {
        this.state.explained = this.state.explained === key ? "" : key;
    }

    howMade(row) {
        return _t("How “%s” is made", row.label);
    }

    hasTarget(row) {
        return row.target !== null && row.target !== undefined;
    }

    hasTargets(section) {
        return section.rows.some((row) => this.hasTarget(row));
    }

    async open(row) {
        if (row.model) {
            await this.action.doAction({
                type: "ir.actions.act_window",
                name: row.label,
                res_model: row.model,
                domain: row.domain,
                views: [
                    [false, "list"],
                    [false, "form"],
                ],
            });
        } else if (row.value) {
            const action = await this.orm.call("sercom.kpi.report", "action_open_records", [
                row.domain,
                row.measure,
            ]);
            await this.action.doAction(action);
        }
    }
}

registry.category("actions").add("sercom_kpi_monday", KpiMonday);
