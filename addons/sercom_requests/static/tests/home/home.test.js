import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {advanceTime, beforeEach, describe, expect, test} from "@odoo/hoot";
import {animationFrame} from "@odoo/hoot-mock";
import {getService, mountWithCleanup, onRpc} from "@web/../tests/web_test_helpers";
import {WebClient} from "@web/webclient/webclient";

describe.current.tags("desktop");

defineMailModels();

const COUNT = "[data-tile=quotes_to_send] .o_sercom_home_count";
let count = 0;
let opened = null;

function answerHome() {
    const tile = {
        key: "quotes_to_send",
        name: "Quotes to send",
        count,
        amount: false,
        tone: "info",
    };
    return {sections: [{key: "quotes", name: "Quotes", tiles: [tile]}], panels: []};
}

beforeEach(async () => {
    count = 1;
    opened = null;
    onRpc("sercom.home", "get_home", () => answerHome());
    onRpc("sercom.home", "open_tile", ({args}) => {
        opened = args[0];
        return {type: "ir.actions.act_window_close"};
    });
    await mountWithCleanup(WebClient);
    await getService("action").doAction({type: "ir.actions.client", tag: "sercom_home"});
});

test("whoever comes back to the page sees it as it is now", async () => {
    expect(COUNT).toHaveText("1");
    count = 2;
    window.dispatchEvent(new Event("focus"));
    await animationFrame();
    expect(COUNT).toHaveText("2");
});

test("a page that stays open is read again every minute", async () => {
    count = 3;
    await advanceTime(59000);
    expect(COUNT).toHaveText("1");
    await advanceTime(1500);
    await animationFrame();
    expect(COUNT).toHaveText("3");
});

test("a tile opens what it counts", async () => {
    document.querySelector("[data-tile=quotes_to_send]").click();
    await animationFrame();
    expect(opened).toBe("quotes_to_send");
});
