import {registry} from "@web/core/registry";
import {stepUtils} from "@web_tour/tour_utils";
import {inputFiles} from "@web/../tests/utils";

const PIXEL =
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII=";

/** A photo as the phone's camera gives it to the browser. */
function takePhoto() {
    const bytes = Uint8Array.from(atob(PIXEL), (char) => char.charCodeAt(0));
    return new File([bytes], "valve.png", {type: "image/png"});
}

/** Draw a line on a canvas, as a finger does: a point for each frame. */
async function drawStroke(canvas, nextFrame) {
    const box = canvas.getBoundingClientRect();
    const steps = [
        ["pointerdown", 0.2],
        ["pointermove", 0.3],
        ["pointermove", 0.5],
        ["pointermove", 0.7],
        ["pointerup", 0.7],
    ];
    for (const [type, part] of steps) {
        canvas.dispatchEvent(
            new PointerEvent(type, {
                bubbles: true,
                buttons: type === "pointerup" ? 0 : 1,
                clientX: box.left + box.width * part,
                clientY: box.top + box.height * part,
                isPrimary: true,
                pointerId: 1,
                pointerType: "touch",
                pressure: 0.5,
            })
        );
        await nextFrame();
    }
}

/** The technician does a job from a phone: start, part, photo, complete, signature. */
registry.category("web_tour.tours").add("sercom_technician_job", {
    steps: () => [
        {content: "The menu", trigger: ".o_menu_toggle", run: "click"},
        {
            content: "All apps",
            trigger: ".o_sidebar_topbar a.btn-primary",
            run: "click",
        },
        {
            content: "Sercom",
            trigger: '.o_app[data-menu-xmlid="sercom_requests.sercom_menu_root"]',
            run: "click",
        },
        {content: "The menu of Sercom", trigger: ".o_menu_toggle", run: "click"},
        {
            content: "My jobs",
            trigger:
                '.o_burger_menu_content [data-menu-xmlid="sercom_jobs.sercom_jobs_menu_my_jobs"]',
            run: "click",
        },
        {
            content: "Only my own job is there",
            trigger:
                ".o_kanban_renderer:has(.o_kanban_record:contains(Own Tour Site)):not(:contains(Other Tour Site))",
        },
        {
            content: "Open it",
            trigger: ".o_kanban_record:contains(Own Tour Site)",
            run: "click",
        },
        {
            content: "What is to be done",
            trigger: ".o_form_view .o_field_widget[name=description]:contains(Replace the valve)",
        },
        ...stepUtils.statusbarButtonsSteps("Clock In", "Clock in: the job starts"),
        {
            content: "It is in progress",
            trigger: ".o_statusbar_status:contains(In Progress)",
        },
        {
            content: "Its products",
            trigger: ".o_notebook .nav-link[name=lines]",
            run: "click",
        },
        {
            content: "The catalog",
            trigger: "button[name=action_add_from_catalog]",
            run: "click",
        },
        {
            content: "Add a valve",
            trigger: ".o_kanban_record:contains(Tour valve)",
            run: "click",
        },
        {
            content: "The valve is added",
            trigger: ".o_kanban_record.o_product_added:contains(Tour valve)",
        },
        {content: "Back to the job", trigger: ".o-kanban-button-back", run: "click"},
        {
            content: "Its products again",
            trigger: ".o_form_view .o_notebook .nav-link[name=lines]",
            run: "click",
        },
        {
            content: "The part is on the job",
            trigger: ".o_field_widget[name=sale_line_ids] .o_kanban_record:contains(Tour valve)",
        },
        {
            content: "The photos",
            trigger: ".o_notebook .nav-link[name=photos]",
            run: "click",
        },
        {
            content: "Add a photo",
            trigger: ".o_field_widget[name=photo_before_ids] .o-kanban-button-new",
            run: "click",
        },
        {
            content: "Take it",
            trigger: ".modal .o_field_widget[name=image_1920] .o_select_file_button:not(:visible)",
            async run() {
                await inputFiles(".modal .o_field_widget[name=image_1920] .o_input_file", [
                    takePhoto(),
                ]);
            },
        },
        {
            content: "It is shown",
            trigger: ".modal .o_field_widget[name=image_1920] img[src^='data:image']",
        },
        {
            content: "Name it",
            trigger: ".modal .o_field_widget[name=name] input",
            run: "edit New valve",
        },
        {content: "Keep it", trigger: ".modal .o_form_button_save", run: "click"},
        {
            content: "The photo is on the job",
            trigger: ".o_field_widget[name=photo_before_ids] .o_kanban_record:contains(New valve)",
        },
        ...stepUtils.statusbarButtonsSteps("Clock Out", "Clock out"),
        {
            content: "The clock has stopped",
            trigger: ".o_form_view:not(:has(button[name=action_clock_out]:visible))",
        },
        ...stepUtils.statusbarButtonsSteps("Client signs", "The client signs"),
        {
            content: "The client's name",
            trigger: ".modal .o_field_widget[name=signed_by] input",
            run: "edit Clara Tour",
        },
        {content: "Their signature", trigger: ".modal .o_signature", run: "click"},
        {
            content: "A finger draws it",
            trigger: ".modal canvas.o_web_sign_signature",
            async run({animationFrame}) {
                await drawStroke(this.anchor, animationFrame);
            },
        },
        {
            content: "Something is drawn",
            trigger: ".modal canvas.o_web_sign_signature",
            run: "canvasNotEmpty",
        },
        {
            content: "Adopt it",
            trigger:
                ".modal:has(.o_web_sign_name_and_signature) .modal-footer .btn-primary:enabled",
            run: "click",
        },
        {
            content: "It is in the form",
            trigger: ".modal img.o_signature",
        },
        {content: "Sign", trigger: ".modal button[name=action_sign]", run: "click"},
        {
            content: "The page of the signature",
            trigger: "body:not(.modal-open) .o_notebook .nav-link[name=customer_signature]",
            run: "click",
        },
        {
            content: "The job is signed",
            trigger: ".o_field_widget[name=signed_by]:contains(Clara Tour)",
        },
        ...stepUtils.statusbarButtonsSteps("Complete", "Complete the job"),
        {content: "It is done", trigger: ".o_statusbar_status:contains(Done)"},
    ],
});
