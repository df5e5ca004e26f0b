import {beforeEach, describe, expect, test} from "@odoo/hoot";
import {clearPhone} from "./my_day_test_helpers";
import {pressEveryButton} from "./press_every_button";
import {SCENARIOS} from "./scenarios";

describe.current.tags("desktop");
beforeEach(clearPhone);

test.timeout(120000);
test("every button of every template does something", async () => {
    expect(await pressEveryButton("sercom_my_day", SCENARIOS)).toEqual([]);
});
