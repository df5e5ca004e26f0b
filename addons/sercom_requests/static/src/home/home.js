import {Component, onWillStart, useExternalListener, useState} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {useInterval} from "./use_interval";
import {Layout} from "@web/search/layout";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {CallerSearch} from "./caller_search";

const REFRESH_EVERY = 60000;

/** What needs me now: the page that the Sercom app opens on. */
export class SercomHome extends Component {
    static template = "sercom_requests.Home";
    static components = {CallerSearch, Layout};
    static props = {...standardActionServiceProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.display = {controlPanel: false};
        this.state = useState({sections: [], panels: [], isLoaded: false});
        onWillStart(() => this.load());
        // Whoever comes back to the page sees it as it is now.
        useExternalListener(window, "focus", () => this.load());
        useInterval(() => document.visibilityState === "visible" && this.load(), REFRESH_EVERY);
    }

    async load() {
        const {sections, panels} = await this.orm.silent.call("sercom.home", "get_home", []);
        Object.assign(this.state, {sections, panels, isLoaded: true});
    }

    async openTile(key) {
        this.action.doAction(await this.orm.call("sercom.home", "open_tile", [key]));
    }

    openRow(row) {
        if (row.model) {
            this.action.doAction({
                type: "ir.actions.act_window",
                res_model: row.model,
                res_id: row.id,
                views: [[false, "form"]],
            });
        }
    }
}

registry.category("actions").add("sercom_home", SercomHome);
