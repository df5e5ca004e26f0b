import {registry} from "@web/core/registry";

registry.category("web_tour.tours").add("sercom_kpi_cell", {
    url: "/odoo/kpi-hours",
    steps: () => [
        {
            content: "A cell of worked hours",
            trigger: ".o_pivot td.o_pivot_cell_value:contains(7.77):eq(0)",
            run: "click",
        },
        {
            content: "The two timesheets behind it",
            trigger: ".o_list_view .o_data_row:contains(Opened the wall):eq(0)",
        },
        {content: "Both of them", trigger: ".o_list_view .o_data_row:contains(Closed the wall)"},
    ],
});

registry.category("web_tour.tours").add("sercom_kpi_monday", {
    url: "/odoo/kpi-monday",
    steps: () => [
        {
            content: "The week",
            trigger: ".o_sercom_kpi_monday [data-section=week] tr:contains(Utilisation)",
        },
        {
            content: "How it is made",
            trigger:
                ".o_sercom_kpi_monday [data-section=to_invoice] tr:contains(To Bill) th button",
            run: "click",
        },
        {
            content: "It says so",
            trigger: ".o_sercom_kpi_monday [data-section=to_invoice] [aria-expanded=true]",
        },
        {
            content: "What is to bill",
            trigger:
                ".o_sercom_kpi_monday [data-section=to_invoice] tr:contains(To Bill) td button",
            run: "click",
        },
        {
            content: "The timesheets behind it",
            trigger: ".o_list_view .o_data_row:contains(Opened the wall)",
        },
    ],
});
