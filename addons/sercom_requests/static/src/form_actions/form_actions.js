import {patch} from "@web/core/utils/patch";
import {FormCompiler} from "@web/views/form/form_compiler";
import {StatusBarButtons} from "@web/views/form/status_bar_buttons/status_bar_buttons";

/**
 * Buttons of a form's header that say `data-more="expression"` stand in the menu *Actions* for the
 * records that it holds for; `1` for all of them. The others stay side by side, as in Odoo.
 */
patch(FormCompiler.prototype, {
    compileHeader(el, params) {
        const conditions = [...el.querySelectorAll(":scope button[data-more]")].map(
            (button, index) => {
                button.classList.add(`o_sercom_more_${index}`);
                return button.getAttribute("data-more");
            }
        );
        const header = super.compileHeader(el, params);
        for (const slot of header.querySelectorAll("StatusBarButtons > t")) {
            const name = slot.firstElementChild?.getAttribute("className") || "";
            const [, index] = name.match(/o_sercom_more_(\d+)/) || [];
            if (index !== undefined) {
                slot.setAttribute("isMore", this._compileMore(conditions[index]));
            }
        }
        return header;
    },

    _compileMore(condition) {
        if (condition === "1") {
            return "true";
        }
        const expression = JSON.stringify(condition);
        return `__comp__.evaluateBooleanExpr(${expression},__comp__.props.record.evalContextWithVirtualIds)`;
    },
});

patch(StatusBarButtons.prototype, {
    get visibleSlotNames() {
        const names = super.visibleSlotNames.filter((name) => !this.props.slots[name].isMore);
        // A phone has a menu for all but the first already.
        return this.env.isSmall ? [...names, ...this.moreSlotNames] : names;
    },

    get moreSlotNames() {
        return super.visibleSlotNames.filter((name) => this.props.slots[name].isMore);
    },
});
