import {registry} from "@web/core/registry";
import {stepUtils} from "@web_tour/tour_utils";

const HOURS = "sercom_timesheets.sercom_timesheets_menu_hours";
const WORDS = {
    en: {ready: "Ready to Bill", ledger: "Billing Ledger", agrees: "agrees with all invoices"},
    fr: {
        ready: "Prêt à facturer",
        ledger: "Registre de facturation",
        agrees: "concorde avec toutes les factures",
    },
};

/** Open a menu below another, on a wide screen, and wait for its screen. */
function openSubmenu(menu, submenu, title) {
    return [
        {
            content: "Open the menu",
            trigger: `.o_menu_sections [data-menu-xmlid="${menu}"]`,
            run: "click",
        },
        {
            content: `Choose ${title}`,
            trigger: `.o-dropdown--menu [data-menu-xmlid="${submenu}"]`,
            run: "click",
        },
        {content: `${title} is open`, trigger: `.o_breadcrumb .active:text(${title})`},
    ];
}

/** Select the job of a client in the list. */
function selectJob(client) {
    return {
        content: `Select the job of ${client}`,
        trigger: `.o_list_view .o_data_row:contains(${client}) .o_list_record_selector input`,
        run: "click",
    };
}

/** The accountant's day: two jobs billed from the list, one of them posted, sent and paid. */
for (const [lang, words] of Object.entries(WORDS)) {
    registry.category("web_tour.tours").add(`sercom_accountant_day_${lang}`, {
        steps: () => [
            ...stepUtils.goToAppSteps("sercom_requests.sercom_menu_root", "Open Sercom"),
            ...openSubmenu(HOURS, "sercom_billing.sercom_billing_menu_ready", words.ready),
            selectJob("Clara Day"),
            selectJob("Denis Day"),
            {
                content: "Bill them",
                trigger: ".o_control_panel button[name=action_convert_to_invoice]",
                run: "click",
            },
            {
                content: "An invoice of each is there; open the first",
                trigger:
                    ".o_list_view:has(.o_data_row:contains(Denis Day)) .o_data_row:contains(Clara Day) .o_data_cell[name=invoice_partner_display_name]",
                run: "click",
            },
            {
                content: "It bills her hours",
                trigger:
                    ".o_field_widget[name=invoice_line_ids] .o_data_row:contains(Day plumbing)",
            },
            {
                content: "Confirm",
                trigger: ".o_statusbar_buttons button[name=action_post]",
                run: "click",
            },
            {
                content: "Send",
                trigger: ".o_statusbar_buttons button[name=action_invoice_sent]:enabled",
                run: "click",
            },
            {
                content: "To her",
                trigger: ".modal .o_field_widget[name=mail_partner_ids] .badge:contains(Clara Day)",
            },
            {
                content: "Send it",
                trigger: ".modal button[name=action_send_and_print]",
                run: "click",
            },
            {
                content: "Pay",
                trigger:
                    "body:not(.modal-open) .o_statusbar_buttons button[name=action_register_payment]",
                run: "click",
            },
            {
                content: "Create the payment",
                trigger: ".modal button[name=action_create_payments]",
                run: "click",
            },
            {
                content: "Nothing is left to pay",
                trigger: "body:not(.modal-open) .o_form_view .ribbon",
            },
            ...openSubmenu(HOURS, "sercom_billing.sercom_billing_menu_ledger", words.ledger),
            {
                content: "What was billed is in the ledger",
                trigger: ".o_list_view .o_data_row:contains(Day plumbing)",
            },
            {
                content: "Verify it",
                trigger: ".o_control_panel button[name=action_verify]",
                run: "click",
            },
            {
                content: "It agrees",
                trigger: `.o_notification:contains(${words.agrees})`,
            },
        ],
    });
}
