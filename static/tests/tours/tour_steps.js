/** Steps that several tours share. */

/** Choose the record that an autocomplete proposes for `name`; `option` is what to click in it. */
export function chooseRecord(field, name, option = `a:contains(${name})`) {
    const widget = `.o_field_widget[name=${field}]`;
    const input = `${widget} input`;
    return [
        {content: `Look for ${name}`, trigger: input, run: `edit ${name}`},
        {
            content: `Choose ${name}`,
            trigger: `${widget} .o-autocomplete--dropdown-menu ${option}`,
            run: "click",
        },
        {
            content: `${name} is chosen`,
            trigger: `${widget}:not(:has(.o-autocomplete--dropdown-menu)) input:value(${name})`,
        },
    ];
}

/** Open a menu of Sercom, on a wide screen, and wait for its screen. */
export function openMenu(menu, title) {
    return [
        {
            content: "The app is there",
            trigger: ".o_menu_brand:contains(Sercom), .o_action_manager .o_view_controller",
        },
        {
            content: `Open ${title}`,
            trigger: `.o_menu_sections [data-menu-xmlid="${menu}"]`,
            run: "click",
        },
        {content: `${title} is open`, trigger: `.o_breadcrumb .active:text(${title})`},
    ];
}

/** Wait until the status bar of the form shows `label` as the current status. */
export function waitForStatus(label) {
    return {
        content: `The status is ${label}`,
        trigger: `.o_statusbar_status .o_arrow_button_current:contains(${label})`,
    };
}
