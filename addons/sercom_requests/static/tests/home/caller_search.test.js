import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {expect, test} from "@odoo/hoot";
import {press, queryOne} from "@odoo/hoot-dom";
import {animationFrame} from "@odoo/hoot-mock";
import {contains, mockService, mountWithCleanup, onRpc} from "@web/../tests/web_test_helpers";
import {getCallDefaults} from "@sercom_requests/home/call_defaults";
import {CallerSearch} from "@sercom_requests/home/caller_search";

defineMailModels();

const CLIENT = {id: 7, name: "Clara", phone: "", email: "", address: "", matches: []};

async function typeAndEnter(text, clients) {
    const opened = [];
    onRpc("sercom.caller", "search_callers", () => ({clients, records: []}));
    mockService("action", {doAction: (action, options) => opened.push([action, options])});
    await mountWithCleanup(CallerSearch);
    await contains(".o_sercom_caller input").edit(text, {confirm: false});
    queryOne(".o_sercom_caller input").focus();
    await press("Enter");
    await animationFrame();
    await animationFrame();
    return opened;
}

test("Enter notes the call of somebody whom nobody knows", async () => {
    const [[action, options]] = await typeAndEnter("Paul Newcaller 450 555-1122", []);
    expect(action).toBe("sercom_requests.sercom_call_action");
    expect(options.additionalContext).toEqual({
        default_contact_name: "Paul Newcaller",
        default_phone: "450 555-1122",
    });
});

test("Enter shows at once the client who is known", async () => {
    const client = {...CLIENT, sites: [], sections: []};
    expect(await typeAndEnter("clara", [client])).toEqual([]);
    expect("[data-client='7'] .o_sercom_caller_details").toHaveCount(1);
});

test("what was typed goes into the field that it belongs to", () => {
    for (const [text, defaults] of [
        ["450 555-1122", {default_phone: "450 555-1122"}],
        ["+1 (450) 555-1122", {default_phone: "+1 (450) 555-1122"}],
        ["5551122", {default_phone: "5551122"}],
        ["555", {default_phone: "555"}],
        ["Paul Roy", {default_contact_name: "Paul Roy"}],
        ["Paul Roy, 4505551122", {default_contact_name: "Paul Roy", default_phone: "4505551122"}],
        ["12 rue Neuve", {default_street: "12 rue Neuve"}],
        ["paul@example.com", {default_email: "paul@example.com"}],
        ["", {}],
    ]) {
        expect(getCallDefaults(text)).toEqual(defaults, {message: text});
    }
});
