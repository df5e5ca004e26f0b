import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {beforeEach, describe, expect, test} from "@odoo/hoot";
import {click, queryAll, queryOne, waitFor} from "@odoo/hoot-dom";
import {
    MockServer,
    defineModels,
    fields,
    mockService,
    models,
    mountView,
    onRpc,
    patchWithCleanup,
} from "@web/../tests/web_test_helpers";
import {session} from "@web/session";

describe.current.tags("desktop");

class Site extends models.Model {
    name = fields.Char();
    owner_id = fields.Many2one({relation: "res.partner"});
    partner_latitude = fields.Float();
    partner_longitude = fields.Float();

    _records = [
        {id: 1, name: "<b>Duplex</b>", partner_latitude: 45.52, partner_longitude: -73.57},
        {id: 2, name: "Chalet", partner_latitude: 46.8, partner_longitude: -71.2},
        {id: 3, name: "Nowhere"},
    ];
}

defineMailModels();
defineModels([Site]);

beforeEach(() => patchWithCleanup(session, {"leaflet.tile_url": "", "leaflet.copyright": ""}));

async function openMap(options = {}) {
    await mountView({
        type: "sercom_map",
        resModel: "site",
        arch: `<sercom_map><field name="name"/><field name="owner_id"/></sercom_map>`,
        ...options,
    });
    await waitFor(".o_sercom_marker");
}

test("each place has its marker, and who has none is counted", async () => {
    await openMap();
    expect(".o_sercom_marker").toHaveCount(2);
    expect("[data-notice=unplaced] button").toHaveText("1");
});

test("those without a place are one click away, in their list", async () => {
    let opened = null;
    mockService("action", {doAction: (action) => (opened = action)});
    await openMap({domain: [["name", "!=", "Chalet"]]});
    await click("[data-notice=unplaced] button");
    expect(opened.res_model).toBe("site");
    expect(opened.views).toEqual([
        [false, "list"],
        [false, "form"],
    ]);
    expect(MockServer.env.site.search(opened.domain)).toEqual([3]);
});

test("only what is searched for is on the map", async () => {
    await openMap({domain: [["name", "=", "Chalet"]]});
    expect(".o_sercom_marker").toHaveCount(1);
    expect("[data-notice=unplaced]").toHaveCount(0);
});

test("a marker tells its record as text, and opens it", async () => {
    await openMap({
        domain: [["id", "=", 1]],
        selectRecord: (id) => expect.step(id),
    });
    await click(".o_sercom_marker");
    await waitFor(".leaflet-popup");
    expect(".leaflet-popup button").toHaveText("<b>Duplex</b>");
    expect(".leaflet-popup button b").toHaveCount(0);
    await click(".leaflet-popup button");
    expect.verifySteps([1]);
});

test("without a service nobody is asked for pictures", async () => {
    await openMap();
    expect("[data-notice=service]").toHaveCount(1);
    expect(queryAll(".leaflet-tile-pane img")).toHaveLength(0);
});

test("the pictures come from the service that was chosen", async () => {
    const tile = "data:image/gif;base64,R0lGODlhAQABAAAAACw=#{z}-{x}-{y}";
    patchWithCleanup(session, {"leaflet.tile_url": tile});
    await openMap();
    await waitFor(".leaflet-tile-pane img");
    expect("[data-notice=service]").toHaveCount(0);
    expect(queryOne(".leaflet-tile-pane img:first").src).toMatch(/^data:image\/gif/);
});

test("a map asks for its records once", async () => {
    onRpc("web_search_read", () => expect.step("other"));
    await openMap();
    expect.verifySteps([]);
});
