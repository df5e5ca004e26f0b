import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {advanceTime, describe, expect, test} from "@odoo/hoot";
import {animationFrame} from "@odoo/hoot-mock";
import {getService, mockService, mountWithCleanup, onRpc} from "@web/../tests/web_test_helpers";
import {WebClient} from "@web/webclient/webclient";

describe.current.tags("desktop");

defineMailModels();

test("a job that changes is counted anew, once for many changes", async () => {
    const listeners = {};
    let count = 1;
    let asked = 0;
    mockService("bus_service", {
        subscribe: (type, listener) => (listeners[type] = listener),
    });
    onRpc("sercom.home", "get_home", () => {
        asked += 1;
        const tile = {key: "jobs_to_plan", name: "To plan", count, amount: false, tone: "info"};
        return {sections: [{key: "jobs", name: "Jobs", tiles: [tile]}], panels: []};
    });
    await mountWithCleanup(WebClient);
    await getService("action").doAction({type: "ir.actions.client", tag: "sercom_home"});
    expect("[data-tile=jobs_to_plan] .o_sercom_home_count").toHaveText("1");
    expect(asked).toBe(1);
    count = 2;
    listeners.sercom_board({job_ids: [1]});
    listeners.sercom_board({job_ids: [2]});
    await advanceTime(1500);
    await animationFrame();
    expect("[data-tile=jobs_to_plan] .o_sercom_home_count").toHaveText("2");
    expect(asked).toBe(2);
});
