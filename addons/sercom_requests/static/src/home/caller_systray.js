import {Component} from "@odoo/owl";
import {Dialog} from "@web/core/dialog/dialog";
import {useHotkey} from "@web/core/hotkeys/hotkey_hook";
import {registry} from "@web/core/registry";
import {session} from "@web/session";
import {useService} from "@web/core/utils/hooks";
import {CallerSearch} from "./caller_search";

export class CallerSearchDialog extends Component {
    static template = "sercom_requests.CallerSearchDialog";
    static components = {CallerSearch, Dialog};
    static props = {close: Function};
}

/** The search box from everywhere: an icon in the menu bar, and a key. */
export class CallerSystray extends Component {
    static template = "sercom_requests.CallerSystray";
    static props = {};

    setup() {
        this.dialog = useService("dialog");
        useHotkey("alt+shift+c", () => this.open(), {global: true, bypassEditableProtection: true});
    }

    open() {
        this.dialog.add(CallerSearchDialog);
    }
}

if (session.sercom_is_office) {
    registry
        .category("systray")
        .add("sercom_requests.caller", {Component: CallerSystray}, {sequence: 90});
}
