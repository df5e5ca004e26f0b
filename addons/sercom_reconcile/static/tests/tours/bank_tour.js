import {registry} from "@web/core/registry";
import {stepUtils} from "@web_tour/tour_utils";

const LINE = ".o_account_reconcile_oca .o_kanban_record:contains(INTERAC MARIE)";
const MATCH = ".o_account_reconcile_oca_info";

/** The accountant opens the bank, matches its line with the invoice and sees it paid. */
registry.category("web_tour.tours").add("sercom_reconcile_bank", {
    steps: () => [
        ...stepUtils.goToAppSteps("account.menu_finance", "Open Invoicing"),
        {
            content: "Open the bank",
            trigger:
                '.o_menu_sections [data-menu-xmlid="sercom_reconcile.sercom_reconcile_menu_bank"]',
            run: "click",
        },
        {content: "A line waits", trigger: LINE, run: "click"},
        {
            content: "Choose the client's invoice",
            trigger: `${MATCH} .o_data_row .o_data_cell[name=move_id]:contains(INV/)`,
            run: "click",
        },
        {
            content: "It is matched",
            trigger: `${MATCH} .o_reconcile_widget_table tr.other a:contains(INV/)`,
        },
        {
            content: "Reconcile",
            trigger: `${MATCH} button[name=reconcile_bank_line]:not(.disabled):visible`,
            run: "click",
        },
        {
            content: "Nothing waits any more",
            trigger: ".o_account_reconcile_oca:not(:has(.o_kanban_record:contains(INTERAC)))",
        },
    ],
});
