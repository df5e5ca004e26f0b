import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {PivotRenderer} from "@web/views/pivot/pivot_renderer";
import {pivotView} from "@web/views/pivot/pivot_view";

/** A cell opens the very records it is made of: timesheets, invoices, jobs. */
export class KpiPivotRenderer extends PivotRenderer {
    setup() {
        super.setup();
        this.orm = useService("orm");
    }

    /**
     * @override
     * @param {Object} cell
     * @param {boolean} newWindow
     */
    async onOpenView(cell, newWindow) {
        if (!cell.value) {
            return;
        }
        const group = {rowValues: cell.groupId[0], colValues: cell.groupId[1]};
        const action = await this.orm.call("sercom.kpi.report", "action_open_records", [
            this.model.getGroupDomain(group),
            cell.measure,
        ]);
        await this.actionService.doAction(action, {newWindow});
    }
}

registry.category("views").add("sercom_kpi_pivot", {...pivotView, Renderer: KpiPivotRenderer});
