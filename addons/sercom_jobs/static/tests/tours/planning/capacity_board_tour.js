import {registry} from "@web/core/registry";
import {dragTo, openNextWeek, wednesday} from "./board_tour_steps";

const tours = registry.category("web_tour.tours");

const block = (name) => `${wednesday(name)} .o_scb_block:contains(Board Client)`;

/** A dispatcher drags a job to Anne, hands it to Luc, undoes that, and confirms. */
tours.add("sercom_board_dispatch", {
    steps: () => [
        ...openNextWeek,
        {content: "The job waits", trigger: ".o_scb_card:contains(Board Client)"},
        {
            content: "Drag it to Anne's Wednesday",
            trigger: ".o_scb_card:contains(Board Client)",
            run: dragTo("Anne Board"),
        },
        {content: "It is there", trigger: `${block("Anne Board")}.o_scb_draft:not(.o_scb_pending)`},
        {
            content: "It waits no longer",
            trigger: ".o_scb_side:not(:has(.o_scb_card:contains(Board Client)))",
        },
        {
            content: "Hand it to Luc",
            trigger: block("Anne Board"),
            run: dragTo("Luc Board"),
        },
        {content: "Luc has it", trigger: `${block("Luc Board")}:not(.o_scb_pending)`},
        {content: "Not after all", trigger: ".o_scb_undo:enabled", run: "click"},
        {content: "Anne has it again", trigger: block("Anne Board")},
        {content: "Look at it", trigger: block("Anne Board"), run: "click"},
        {
            content: "Site and phone are there",
            trigger: ".o_scb_popover:contains(Board Site):contains(555-0199)",
        },
        {content: "Confirm it", trigger: ".o_scb_popover .o_scb_confirm", run: "click"},
        {content: "Confirmed", trigger: `${block("Anne Board")}.o_scb_confirmed`},
    ],
});

/** Luc is taken: the conflict shows, and a reason books all the same; then a free slot. */
tours.add("sercom_board_conflict", {
    steps: () => [
        ...openNextWeek,
        {
            content: "Drag the second job onto the first",
            trigger: ".o_scb_card:contains(Second Client)",
            run: dragTo("Luc Board"),
        },
        {content: "It says why not", trigger: ".o_dialog li:contains(Board Client)"},
        {
            content: "A reason",
            trigger: ".o_dialog textarea",
            run: "edit They share the truck",
        },
        {content: "Book anyway", trigger: ".o_scb_book_anyway:enabled", run: "click"},
        {
            content: "Both are there, the overlap marked",
            trigger: `${wednesday("Luc Board")} .o_scb_override:contains(Second Client)`,
        },
        {
            content: "Find a slot for the third",
            trigger: ".o_scb_card:contains(Third Client) .o_scb_find",
            run: "click",
        },
        {content: "The best", trigger: ".o_scb_slot:first .o_scb_book", run: "click"},
        {content: "Booked", trigger: ".o_notification:contains(Third Client booked)"},
    ],
});

/** The hours of a day are wide: whichever pixel a block is dropped on, its time is whole. */
const dayLine = (name) => `.o_scb_row:has(.o_scb_person:contains(${name})) .o_scb_line`;
const dayBlock = (name) => `${dayLine(name)} .o_scb_block:contains(Board Client)`;

tours.add("sercom_board_day_drag", {
    steps: () => [
        {content: "The board is there", trigger: ".o_capacity_board[data-status=ready] .o_scb_row"},
        {content: "By hours", trigger: ".o_scb_scale_day_button", run: "click"},
        {content: "Drawn so", trigger: ".o_capacity_board .o_scb_scale_day"},
        {content: "The next day", trigger: ".o_scb_next", run: "click"},
        {
            content: "It is loaded",
            trigger: ".o_capacity_board[data-status=ready] .o_scb_today_button:not(.active)",
        },
        {
            content: "Drop the job between two pixels",
            trigger: ".o_scb_card:contains(Board Client)",
            run: (helpers) =>
                helpers.drag_and_drop(dayLine("Anne Board"), {
                    position: {top: 12, left: 203.37},
                    relative: true,
                }),
        },
        {content: "It is there", trigger: `${dayBlock("Anne Board")}:not(.o_scb_pending)`},
        ...[311.61, 407.13, 151.87, 258.49].flatMap((left) => [
            {
                content: `Move it to ${left}`,
                trigger: dayBlock("Anne Board"),
                run: (helpers) =>
                    helpers.drag_and_drop(dayLine("Anne Board"), {
                        position: {top: 12, left},
                        relative: true,
                    }),
            },
            {content: "It went", trigger: `${dayBlock("Anne Board")}:not(.o_scb_pending)`},
        ]),
        {
            content: "All of it is stored",
            trigger: ".o_capacity_board[data-status=ready]:not(:has(.o_scb_pending))",
        },
    ],
});

/** Four weeks at once: days are narrow, and what is dropped on one is on that day. */
const weekdayOfThird = (name, weekday) =>
    `.o_scb_row:has(.o_scb_person:contains(${name})) .o_scb_${weekday}:eq(2)`;
const monthBlock = (name, weekday) =>
    `${weekdayOfThird(name, weekday)} .o_scb_block:not(.o_scb_pending)`;
const dropIn = (cell) => (helpers) =>
    helpers.drag_and_drop(cell, {position: {top: 9.37, left: 11.61}, relative: true});

tours.add("sercom_board_month_drag", {
    steps: () => [
        {content: "The board is there", trigger: ".o_capacity_board[data-status=ready] .o_scb_row"},
        {content: "Four weeks", trigger: ".o_scb_scale_month_button", run: "click"},
        {
            content: "Drawn so",
            trigger: ".o_capacity_board[data-status=ready] .o_scb_scale_month",
        },
        {
            content: "Drop the job on the third Wednesday",
            trigger: ".o_scb_card:contains(Board Client)",
            run: dropIn(weekdayOfThird("Anne Board", "wednesday")),
        },
        {
            content: "It is there",
            trigger: monthBlock("Anne Board", "wednesday"),
            run: dropIn(weekdayOfThird("Luc Board", "thursday")),
        },
        {content: "Luc has it a day later", trigger: monthBlock("Luc Board", "thursday")},
        {
            content: "All of it is stored",
            trigger: ".o_capacity_board[data-status=ready]:not(:has(.o_scb_pending))",
        },
    ],
});
