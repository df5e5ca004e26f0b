import {registry} from "@web/core/registry";

const MODAL = ".modal.show";

/** The steps of a payment by card in the dialog of a portal page. */
function payByCard(open) {
    return [
        {content: "Pay", trigger: open, run: "click"},
        {
            content: "By card",
            trigger: `${MODAL} input[name=o_payment_radio][data-provider-code=demo]:not(:visible), ${MODAL} input[name=o_payment_radio][data-provider-code=demo]`,
        },
        {
            content: "Its number",
            trigger: `${MODAL} input#customer_input`,
            run: "edit 4242424242424242",
        },
        {
            content: "Pay now",
            trigger: `${MODAL} button[name=o_payment_submit_button]:enabled`,
            run: "click",
            expectUnloadPage: true,
        },
    ];
}

/** The client pays the pro forma from its link, with a phone. */
registry.category("web_tour.tours").add("sercom_pay_pro_forma", {
    steps: () => [
        ...payByCard("#o_sale_portal_paynow"),
        {content: "Back on the order", trigger: ".alert-success"},
    ],
});

/** The client pays an invoice from its link, with a phone. */
registry.category("web_tour.tours").add("sercom_pay_invoice", {
    steps: () => [
        ...payByCard("a[data-bs-target='#pay_with']:visible"),
        {content: "It is paid", trigger: ".badge:contains(Paid)"},
    ],
});
