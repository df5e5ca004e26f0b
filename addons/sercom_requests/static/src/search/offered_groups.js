import {SearchBarMenu} from "@web/search/search_bar_menu/search_bar_menu";
import {parseXML} from "@web/core/utils/xml";
import {patch} from "@web/core/utils/patch";

const HIDDEN = ["1", "True"];

/**
 * Names of the fields that a list and its search show to people.
 *
 * @param {Element} viewArch the list, or the cards
 * @param {Element} searchArch
 * @returns {Set<String>}
 */
export function getShownFields(viewArch, searchArch) {
    const cards = viewArch.querySelector("templates");
    const shown = [
        ...(cards || viewArch).querySelectorAll("field"),
        ...searchArch.querySelectorAll("field"),
    ]
        .filter(
            (node) =>
                !["column_invisible", "invisible"].some((name) =>
                    HIDDEN.includes(node.getAttribute(name))
                )
        )
        .map((node) => node.getAttribute("name"));
    const groups = [...searchArch.querySelectorAll("filter[context]")].map((node) => {
        const [, name] = node.getAttribute("context").match(/group_by['"]\s*:\s*['"](\w+)/) || [];
        return name;
    });
    return new Set([...shown, ...groups]);
}

/**
 * In Sercom's own lists, *Custom Group* offers what the list and its search show. All the other
 * fields of Odoo's models (hashes, ranks, technical links) say nothing to who plans or bills.
 */
patch(SearchBarMenu.prototype, {
    validateField(fieldName) {
        return super.validateField(...arguments) && this.isOfferedAsGroup(fieldName);
    },

    isOfferedAsGroup(fieldName) {
        const {actionXmlId, viewArch} = this.env.config;
        if (!viewArch || !actionXmlId || !actionXmlId.startsWith("sercom_")) {
            return true;
        }
        this.shownFields ||= getShownFields(
            viewArch,
            parseXML(this.env.searchModel.searchViewArch)
        );
        return this.shownFields.has(fieldName);
    },
});
