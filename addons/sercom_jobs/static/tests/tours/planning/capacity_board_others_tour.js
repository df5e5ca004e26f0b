import {registry} from "@web/core/registry";
import {dragTo, openNextWeek, wednesday} from "./board_tour_steps";

const tours = registry.category("web_tour.tours");

const event = (name) =>
    `${wednesday(name)} .o_scb_event:contains(Board Assessment):not(.o_scb_pending)`;

/** An assessment that waits is given to Anne, handed over to Luc, taken back, and given to Luc. */
tours.add("sercom_board_assessment", {
    steps: () => [
        ...openNextWeek,
        {
            content: "Drag it to Anne",
            trigger: ".o_scb_card_event:contains(Board Assessment)",
            run: dragTo("Anne Board"),
        },
        {content: "She has it at its time", trigger: `${event("Anne Board")}:contains(10)`},
        {
            content: "It waits no longer",
            trigger: ".o_scb_side:not(:has(.o_scb_card:contains(Board Assessment)))",
        },
        {content: "Hand it to Luc", trigger: event("Anne Board"), run: dragTo("Luc Board")},
        {content: "Luc has it", trigger: event("Luc Board")},
        {content: "Not after all", trigger: ".o_scb_undo:enabled", run: "click"},
        {content: "Anne has it again", trigger: event("Anne Board")},
        {
            content: "Nobody, for now",
            trigger: event("Anne Board"),
            run: "drag_and_drop .o_scb_cards",
        },
        {
            content: "It waits again",
            trigger: ".o_scb_card_event:contains(Board Assessment)",
            run: dragTo("Luc Board"),
        },
        {content: "Luc does it", trigger: event("Luc Board")},
        {
            content: "All of it is stored",
            trigger: ".o_capacity_board[data-status=ready]:not(:has(.o_scb_pending))",
        },
    ],
});

const block = (name) => `${wednesday(name)} .o_scb_block:contains(Board Client)`;
const still = (name) => `${block(name)}:not(.o_scb_pending)`;

/** Another dispatcher moves the block each time: theirs is taken once, one's own kept once. */
tours.add("sercom_board_changed", {
    steps: () => [
        ...openNextWeek,
        {content: "Hand it to Luc", trigger: still("Anne Board"), run: dragTo("Luc Board")},
        {
            content: "Who moved it, and where to",
            trigger: ".o_dialog .o_scb_changed:contains(Second Dispatcher):contains(13:00)",
        },
        {content: "Theirs", trigger: ".o_scb_take_theirs", run: "click"},
        {
            content: "It is at their time",
            trigger: `body:not(:has(.o_dialog)) ${still("Anne Board")}:contains(1pm)`,
            run: dragTo("Luc Board"),
        },
        {
            content: "They were quicker again",
            trigger: ".o_dialog .o_scb_changed:contains(Second Dispatcher):contains(14:00)",
        },
        {content: "Mine", trigger: ".o_scb_keep_mine", run: "click"},
        {content: "Luc has it", trigger: `body:not(:has(.o_dialog)) ${still("Luc Board")}`},
    ],
});
