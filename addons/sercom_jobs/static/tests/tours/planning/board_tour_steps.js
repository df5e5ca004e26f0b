/** Steps that the tours of the board share. */

// Next week's Wednesday, whatever today is: the columns begin with the user's first day.
export const wednesday = (name) =>
    `.o_scb_row:has(.o_scb_person:contains(${name})) .o_scb_wednesday`;

/** Drag what the step is about, and let it go well inside a person's day. */
export const dragTo = (name) => (helpers) =>
    helpers.drag_and_drop(wednesday(name), {position: {top: 12, left: 40}, relative: true});

export const openNextWeek = [
    {content: "The board is there", trigger: ".o_capacity_board[data-status=ready] .o_scb_row"},
    {content: "By weeks", trigger: ".o_scb_scale_week_button", run: "click"},
    {content: "The next week", trigger: ".o_scb_next", run: "click"},
    {
        content: "It is loaded",
        trigger: ".o_capacity_board[data-status=ready] .o_scb_today_button:not(.active)",
    },
];
