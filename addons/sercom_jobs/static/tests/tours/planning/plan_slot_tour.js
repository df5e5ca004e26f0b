import {registry} from "@web/core/registry";

/** Plan, on a job without a start: the free slots open, the first is booked, the job is planned. */
registry.category("web_tour.tours").add("sercom_plan_slot", {
    steps: () => [
        {
            content: "One thing is to be done first",
            trigger:
                ".o_statusbar_buttons:has(.btn-primary:contains(Plan)):not(:has(.btn-primary ~ .btn-primary))",
        },
        {
            content: "What is rarely needed is under Actions",
            trigger: ".o_statusbar_buttons .o_sercom_actions",
            run: "click",
        },
        {
            content: "There the job is cancelled",
            trigger: ".o-dropdown--menu button:contains(Cancel Job)",
        },
        {
            content: "Close the menu",
            trigger: ".o_statusbar_buttons .o_sercom_actions",
            run: "click",
        },
        {
            content: "Plan",
            trigger: ".o_statusbar_buttons button[name=action_plan_visit]",
            run: "click",
        },
        {
            content: "Book the best slot",
            trigger:
                ".modal .o_field_widget[name=line_ids] .o_data_row:first button[name=action_book]",
            run: "click",
        },
        {
            content: "The job is planned",
            trigger:
                "body:not(.modal-open) .o_statusbar_status .o_arrow_button_current:contains(Planned)",
        },
        {
            content: "With somebody",
            trigger: ".o_notebook .o_field_widget[name=assignment_ids] .o_data_row",
        },
    ],
});
