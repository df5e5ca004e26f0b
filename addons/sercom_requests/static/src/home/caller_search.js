import {Component, onMounted, useRef, useState} from "@odoo/owl";
import {
    deserializeDate,
    deserializeDateTime,
    toLocaleDateString,
    toLocaleDateTimeString,
} from "@web/core/l10n/dates";
import {_t} from "@web/core/l10n/translation";
import {KeepLast} from "@web/core/utils/concurrency";
import {useService} from "@web/core/utils/hooks";
import {useDebounced} from "@web/core/utils/timing";
import {getCallDefaults} from "./call_defaults";

const MIN_LETTERS = 2;
const PAUSE = 200;

/** One box for whoever is on the phone: any word of theirs shows the client and their work. */
export class CallerSearch extends Component {
    static template = "sercom_requests.CallerSearch";
    static props = {
        autofocus: {type: Boolean, optional: true},
        /** Called when something was opened. */
        close: {type: Function, optional: true},
    };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.inputRef = useRef("input");
        this.keepLast = new KeepLast();
        this.state = useState({text: "", found: null, openId: false});
        this.searchSoon = useDebounced(() => this.search(), PAUSE);
        onMounted(() => this.props.autofocus && this.inputRef.el.focus());
    }

    get placeholder() {
        return _t("Who is calling? Name, phone, street, e-mail, number…");
    }

    get isEmpty() {
        const {found} = this.state;
        return found && !found.clients.length && !found.records.length;
    }

    join(...texts) {
        return texts.filter(Boolean).join(" · ");
    }

    onInput(ev) {
        this.state.text = ev.target.value;
        this.searchSoon();
    }

    onKeydown(ev) {
        if (ev.key === "Enter" && ev.target === this.inputRef.el && !ev.isComposing) {
            ev.preventDefault();
            this.onEnter();
            return;
        }
        if (ev.key === "Escape" && this.state.text) {
            ev.stopPropagation();
            this.clear();
        }
    }

    /** Enter looks at once; for whom nobody knows, it goes on to their first call. */
    async onEnter() {
        this.searchSoon.cancel();
        await this.search();
        if (this.isEmpty) {
            this.newCall();
        }
    }

    clear() {
        this.searchSoon.cancel();
        Object.assign(this.state, {text: "", found: null, openId: false});
        this.inputRef.el.value = "";
    }

    async search() {
        const text = this.state.text.trim();
        if (text.length < MIN_LETTERS) {
            this.state.found = null;
            return;
        }
        const search = this.orm.silent.call("sercom.caller", "search_callers", [text]);
        const found = await this.keepLast.add(search);
        this.state.found = found;
        this.state.openId = found.clients.length === 1 ? found.clients[0].id : false;
    }

    toggle(client) {
        this.state.openId = this.state.openId === client.id ? false : client.id;
    }

    formatDay(date) {
        return date.length > 10
            ? toLocaleDateTimeString(deserializeDateTime(date))
            : toLocaleDateString(deserializeDate(date));
    }

    openRecord(model, id) {
        this.open({
            type: "ir.actions.act_window",
            res_model: model,
            res_id: id,
            views: [[false, "form"]],
        });
    }

    /** Note the call of a known client, or of whoever the typed text tells of. */
    newCall(client, site) {
        const context = client ? {default_partner_id: client.id} : getCallDefaults(this.state.text);
        if (site) {
            context.default_fsm_location_id = site.id;
        }
        this.open("sercom_requests.sercom_call_action", {additionalContext: context});
    }

    open(action, options) {
        this.props.close?.();
        this.clear();
        this.action.doAction(action, options);
    }
}
