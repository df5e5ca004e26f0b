import {registry} from "@web/core/registry";
import {stepUtils} from "@web_tour/tour_utils";
import {chooseRecord, openMenu, waitForStatus} from "./tour_steps";

const tours = registry.category("web_tour.tours");

/** The dispatcher takes a call, quotes it, sells it, plans the job and closes it. */
tours.add("sercom_office_request_to_job", {
    steps: () => [
        ...stepUtils.goToAppSteps("sercom_requests.sercom_menu_root", "Open Sercom"),
        ...openMenu("sercom_requests.sercom_requests_menu_requests", "Requests"),
        {
            content: "See the requests as a list",
            trigger: ".o_switch_view.o_list",
            run: "click",
        },
        {content: "New request", trigger: ".o_list_view .o_list_button_add", run: "click"},
        {
            content: "What it is about",
            trigger: ".o_form_view .o_field_widget[name=name] textarea",
            run: "edit Kitchen sink leaks",
        },
        ...chooseRecord("partner_id", "Clara Tour"),
        {
            content: "The service page",
            trigger: ".o_notebook .nav-link[name=service]",
            run: "click",
        },
        ...chooseRecord(
            "fsm_location_id",
            "Chalet Tour",
            ".o_m2o_dropdown_option_create a:contains(Chalet)"
        ),
        {
            content: "Earliest visit",
            trigger: "input[data-field=request_early]",
            run: "edit 12/01/2026 09:00:00",
        },
        {
            content: "Latest visit",
            trigger: "input[data-field=request_late]",
            run: "edit 12/03/2026 17:00:00",
        },
        {
            content: "What the client needs",
            trigger: ".o_field_widget[name=need] .odoo-editor-editable div.o-paragraph",
            run: "editor The sink leaks under the counter",
        },
        {
            content: "A line",
            trigger: ".o_field_widget[name=request_line_ids] .o_field_x2many_list_row_add a",
            run: "click",
        },
        ...chooseRecord("product_id", "Tour plumbing hour"),
        {
            content: "Three hours",
            trigger: ".o_field_widget[name=product_uom_qty] input",
            run: "edit 3",
        },
        ...stepUtils.saveForm(),
        {
            content: "Convert to quote",
            trigger: "button[name=action_convert_to_quote]",
            run: "click",
        },
        {
            content: "The quote has the site and the line",
            trigger:
                ".o_form_view:has(.o_field_widget[name=fsm_location_id] input:value(Chalet Tour)) .o_field_widget[name=order_line] .o_data_row:contains(Tour plumbing hour)",
        },
        {
            content: "The client agrees",
            trigger: ".o_statusbar_buttons button[name=action_confirm]",
            run: "click",
        },
        waitForStatus("Sold"),
        {
            content: "To the job it made",
            trigger: ".o-form-buttonbox button[name=action_view_fsm_order]",
            run: "click",
        },
        waitForStatus("To Plan"),
        {
            content: "The need has come along",
            trigger: ".o_field_widget[name=description]:contains(The sink leaks under the counter)",
        },
        ...chooseRecord("person_id", "Theo Tour"),
        {
            content: "When",
            trigger: ".o_field_widget[name=scheduled_date_start] input",
            run: "edit 12/02/2026 09:00:00",
        },
        ...stepUtils.saveForm(),
        {content: "Plan", trigger: "button[name=action_plan_visit]", run: "click"},
        waitForStatus("Planned"),
        {content: "Start", trigger: "button[name=action_start]", run: "click"},
        waitForStatus("In Progress"),
        {content: "Complete", trigger: "button[name=action_complete]", run: "click"},
        waitForStatus("Done"),
        {
            content: "The job knows its three hours",
            trigger: ".o_sercom_hours_bar [data-bar=sold]:contains(03:00)",
        },
    ],
});

/** The accountant bills the job, posts the invoice and registers its payment. */
tours.add("sercom_office_job_to_payment", {
    steps: () => [
        ...stepUtils.goToAppSteps("sercom_requests.sercom_menu_root", "Open Sercom"),
        ...openMenu("sercom_jobs.sercom_jobs_menu_jobs", "Jobs"),
        {
            content: "See the jobs as a list",
            trigger: ".o_switch_view.o_list",
            run: "click",
        },
        {
            content: "Done jobs too",
            trigger: ".o_list_view .o_searchview .o_facet_remove",
            run: "click",
        },
        {
            content: "The done job",
            trigger: ".o_list_view .o_data_row:contains(Chalet Tour) .o_data_cell[name=name]",
            run: "click",
        },
        waitForStatus("Done"),
        {
            content: "Convert to invoice",
            trigger: ".o_statusbar_buttons button[name=action_convert_to_invoice]",
            run: "click",
        },
        {
            content: "The invoice has the line",
            trigger: ".o_field_widget[name=invoice_line_ids] .o_data_row:contains(Tour plumbing)",
        },
        {
            content: "Confirm",
            trigger: ".o_statusbar_buttons button[name=action_post]",
            run: "click",
        },
        waitForStatus("Posted"),
        {
            content: "Pay",
            trigger: ".o_statusbar_buttons button[name=action_register_payment]",
            run: "click",
        },
        {
            content: "Create the payment",
            trigger: ".modal button[name=action_create_payments]",
            run: "click",
        },
        {content: "Paid", trigger: "body:not(.modal-open) .ribbon:contains(Paid)"},
        {
            content: "To its file",
            trigger: ".o-form-buttonbox button[name=action_view_service_file]",
            run: "click",
        },
        waitForStatus("Paid"),
        {
            content: "The time line ends with the payment",
            trigger: ".o_field_widget[name=timeline]:contains(Payment of)",
        },
    ],
});
