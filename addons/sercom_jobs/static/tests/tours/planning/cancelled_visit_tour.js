import {registry} from "@web/core/registry";

/** Luc's calendar: the visit that was handed over is crossed out, the other one is not. */
registry.category("web_tour.tours").add("sercom_cancelled_visit", {
    steps: () => [
        {
            content: "The visit that stays",
            trigger: ".o_calendar_view .fc-event:not(.o_sercom_cancelled):contains(Board Client)",
        },
        {
            content: "The one handed over is crossed out",
            trigger: ".o_calendar_view .fc-event.o_sercom_cancelled:contains(Cancelled)",
            run() {
                const {textDecorationLine} = getComputedStyle(this.anchor);
                if (textDecorationLine !== "line-through") {
                    throw new Error(`not crossed out: ${textDecorationLine}`);
                }
            },
        },
    ],
});
