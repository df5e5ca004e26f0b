import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {beforeEach, describe, expect, test} from "@odoo/hoot";
import {edit, queryAll} from "@odoo/hoot-dom";
import {animationFrame, mockDate, mockTimeZone} from "@odoo/hoot-mock";
import {
    contains,
    defineModels,
    defineParams,
    fields,
    models,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";

describe.current.tags("desktop");

class Visit extends models.Model {
    start = fields.Datetime();
    stop = fields.Datetime();

    _records = [{id: 1, start: "2026-12-03 13:00:00", stop: "2026-12-03 15:00:00"}];
}

defineMailModels();
defineModels([Visit]);

const LANGUAGES = {
    en: {date_format: "%m/%d/%Y", time_format: "%I:%M:%S %p"},
    fr: {date_format: "%Y-%m-%d", time_format: "%H:%M:%S"},
};

beforeEach(() => {
    mockDate("2026-11-30 12:00:00");
    mockTimeZone(0);
    onRpc("visit", "web_save", ({args}) => expect.step(args[1]));
});

async function typeStart(lang, text, arch = `<field name="start"/>`) {
    defineParams({lang_parameters: LANGUAGES[lang]});
    await mountView({
        type: "form",
        resModel: "visit",
        resId: 1,
        arch: `<form>${arch}</form>`,
    });
    await contains(".o_field_widget[name=start] button").click();
    await animationFrame();
    expect(".o_field_widget[name=start] input").toBeFocused();
    await edit(text, {confirm: "Enter"});
    await animationFrame();
    await animationFrame();
    if (queryAll(".o_form_button_save:visible").length) {
        await contains(".o_form_button_save").click();
    }
}

const CASES = [
    ["en", "12/05/2026 9:30", "2026-12-05 09:30:00"],
    ["en", "12/05/2026 09:30 AM", "2026-12-05 09:30:00"],
    ["en", "12/05/2026 1:00 PM", "2026-12-05 13:00:00"],
    ["en", "12/05/2026 1:00 p.m.", "2026-12-05 13:00:00"],
    ["en", "12/05/2026 1pm", "2026-12-05 13:00:00"],
    ["en", "12/05/2026 12:15 AM", "2026-12-05 00:15:00"],
    ["en", "12/05/2026 13:30", "2026-12-05 13:30:00"],
    ["en", "12/05/2026 9h30", "2026-12-05 09:30:00"],
    ["en", "12/05/2026 01:00:30 PM", "2026-12-05 13:00:30"],
    ["en", "9:30", "2026-12-03 09:30:00"],
    ["en", "09:30", "2026-12-03 09:30:00"],
    ["en", "9h30", "2026-12-03 09:30:00"],
    ["en", "1:00 PM", "2026-12-03 13:00:00", "kept"],
    ["en", "12/05/2026", "2026-12-05 00:00:00"],
    ["fr", "2026-12-05 9:30", "2026-12-05 09:30:00"],
    ["fr", "2026-12-05 09:30", "2026-12-05 09:30:00"],
    ["fr", "2026-12-05 9h30", "2026-12-05 09:30:00"],
    ["fr", "2026-12-05 13h", "2026-12-05 13:00:00"],
    ["fr", "9:30", "2026-12-03 09:30:00"],
    ["fr", "9h30", "2026-12-03 09:30:00"],
    ["fr", "17h", "2026-12-03 17:00:00"],
];

for (const [lang, text, stored, kept] of CASES) {
    test(`${lang}: ${text}`, async () => {
        await typeStart(lang, text);
        expect.verifySteps(kept ? [] : [{start: stored}]);
    });
}

test("a range reads both of its ends", async () => {
    await typeStart(
        "en",
        "10:15",
        `<field name="start" widget="daterange" options="{'end_date_field': 'stop'}"/>
         <field name="stop" invisible="1"/>`
    );
    expect.verifySteps([{start: "2026-12-03 10:15:00"}]);
});

test("what is no time is refused as before", async () => {
    await typeStart("en", "12/05/2026 25:99 PM");
    expect.verifySteps([]);
});
