import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");
const SEARCH = ".o_sercom_home .o_sercom_caller input";

/** The office lands on its home page, finds a caller and notes a call. */
tours.add("sercom_home_call", {
    steps: () => [
        {content: "Home is open", trigger: ".o_sercom_home [data-tile=quotes_to_send]"},
        {content: "A known client calls", trigger: SEARCH, run: "edit 418 555-7788"},
        {
            content: "Their sites are told",
            trigger: ".o_sercom_caller_details:contains(1200 boulevard Tour)",
        },
        {content: "Somebody else calls", trigger: SEARCH, run: "edit Nadia Newtour"},
        {content: "Nobody is found", trigger: ".o_sercom_caller_found p"},
        {content: "New call", trigger: ".o_sercom_home .o_sercom_new_call", run: "click"},
        {
            content: "The name is not typed again",
            trigger: ".modal .o_field_widget[name=contact_name] input:value(Nadia Newtour)",
        },
        {
            content: "Her phone",
            trigger: ".modal .o_field_widget[name=phone] input",
            run: "edit 418-555-7788 && press Tab",
        },
        {content: "Is she a client?", trigger: ".modal .o_sercom_duplicate:contains(Clara Home)"},
        {
            content: "No: her own phone",
            trigger: ".modal .o_field_widget[name=phone] input",
            run: "edit 418-555-2211 && press Tab",
        },
        {
            content: "Her street",
            trigger: ".modal .o_field_widget[name=street] input",
            run: "edit 5 rue du Tour",
        },
        {
            content: "Her city",
            trigger: ".modal .o_field_widget[name=city] input",
            run: "edit Sherbrooke",
        },
        {
            content: "Her need",
            trigger: ".modal .o_field_widget[name=need] textarea",
            run: "edit The tap drips",
        },
        {
            content: "Save",
            trigger: ".modal button[name=action_save_request]",
            run: "click",
        },
        {
            content: "The request is there",
            trigger: ".o_form_view .o_field_widget[name=name] textarea:value(The tap drips)",
        },
    ],
});

/** A tile opens its list, and the key opens the search from everywhere. */
tours.add("sercom_home_tile", {
    steps: () => [
        {
            content: "Open the quotes to send",
            trigger: ".o_sercom_home [data-tile=quotes_to_send]",
            run: "click",
        },
        {content: "Their list is open", trigger: ".o_breadcrumb:contains(Quotes to send)"},
        {content: "The box of the menu bar", trigger: ".o_sercom_systray", run: "click"},
        {
            content: "Find a caller",
            trigger: ".modal .o_sercom_caller input",
            run: "edit clara home",
        },
        {content: "She is found", trigger: ".modal .o_sercom_caller_client:contains(Clara Home)"},
        {content: "Close it", trigger: ".modal .btn-close", run: "click"},
        {
            content: "Somebody types in the list",
            trigger: "body:not(:has(.modal)) .o_searchview_input",
            run: "click",
        },
        {
            content: "The phone rings: the key",
            trigger: ".o_searchview_input",
            run: "press Alt+Shift+c",
        },
        {
            content: "The box is open, and one types at once",
            trigger: ".modal .o_sercom_caller input:focus",
            run: "edit clara home",
        },
        {
            content: "She is found again",
            trigger: ".modal .o_sercom_caller_client:contains(Clara Home)",
        },
    ],
});

/** Who calls is told a time at once: the job of the call is booked from the same dialog. */
tours.add("sercom_home_call_slot", {
    steps: () => [
        {content: "A known client calls", trigger: SEARCH, run: "edit Clara Home"},
        {
            content: "She is found",
            trigger: ".o_sercom_home .o_sercom_caller_client:contains(Clara Home)",
        },
        {
            content: "New call, at her site",
            trigger: ".o_sercom_caller_details button:contains(New call here)",
            run: "click",
        },
        {
            content: "Her need",
            trigger: ".modal .o_field_widget[name=need] textarea",
            run: "edit The toilet runs",
        },
        {
            content: "Find a slot",
            trigger: ".modal button[name=action_find_slot]",
            run: "click",
        },
        {
            content: "Book the best",
            trigger:
                ".modal .o_field_widget[name=line_ids] .o_data_row:first button[name=action_book]",
            run: "click",
        },
        {
            content: "The dialog is gone",
            trigger: "body:not(.modal-open) .o_action_manager",
        },
    ],
});
