import {expect, test} from "@odoo/hoot";
import {queryAllTexts} from "@odoo/hoot-dom";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {mountView, toggleSearchBarMenu} from "@web/../tests/web_test_helpers";
import {defineModels, fields, models} from "@web/../tests/web_test_helpers";

class Visit extends models.Model {
    _name = "visit";

    name = fields.Char();
    city = fields.Char();
    street = fields.Char();
    person = fields.Char();
    hash = fields.Char({string: "Inalterability Hash"});
}

defineMailModels();
defineModels([Visit]);

async function getOffered(actionXmlId) {
    await mountView({
        type: "list",
        resModel: "visit",
        arch: `<list><field name="city"/><field name="hash" column_invisible="1"/></list>`,
        searchViewArch: `
            <search>
                <field name="person"/>
                <filter name="by_street" string="Street" context="{'group_by': 'street'}"/>
            </search>`,
        config: {actionXmlId},
    });
    await toggleSearchBarMenu();
    return queryAllTexts(".o_add_custom_group_menu option").slice(1);
}

test("Sercom's lists offer as groups what they show", async () => {
    expect(await getOffered("sercom_jobs.sercom_job_action")).toEqual(["City", "Person", "Street"]);
});

test("other lists offer what they did", async () => {
    expect(await getOffered("base.action_partner_form")).toInclude("Inalterability Hash");
});
