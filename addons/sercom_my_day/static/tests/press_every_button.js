/** Presses each button of the page's templates, found in the templates themselves. */
import {getFixture} from "@odoo/hoot";
import {queryAll, waitUntil} from "@odoo/hoot-dom";
import {Component} from "@odoo/owl";
import {browser} from "@web/core/browser/browser";
import {getTemplate} from "@web/core/templates";
import {FakeServer, clearPhone, openPage} from "./my_day_test_helpers";

const MODULES = odoo.loader.modules; // HOOT puts its own loader away before the tests run
const MARK = "data-press";
const PATIENCE = 1500; // milliseconds that a button has to do something

/** Templates of an add-on's components, with those that they call: `[name]`. */
function listTemplates(addon) {
    const names = new Set();
    const add = (name) => {
        if (name.startsWith(`${addon}.`) && !names.has(name)) {
            names.add(name);
            for (const call of getTemplate(name).querySelectorAll("[t-call]")) {
                add(call.getAttribute("t-call"));
            }
        }
    };
    for (const [path, module] of MODULES) {
        if (path.startsWith(`@${addon}/`)) {
            Object.values(module)
                .filter((item) => item?.prototype instanceof Component)
                .forEach((item) => add(item.template));
        }
    }
    return [...names];
}

/** A template whose buttons and cameras carry a number. */
function getMarkedTemplate(name) {
    const template = getTemplate(name)?.cloneNode(true);
    if (template) {
        findButtons(template).forEach((element, index) =>
            element.setAttribute(MARK, `${name} ${index}`)
        );
    }
    return template;
}

function findButtons(template) {
    return [...template.querySelectorAll("*")].filter(
        (element) =>
            element.hasAttribute("t-on-click") ||
            (element.getAttribute("type") === "file" && element.hasAttribute("t-on-change"))
    );
}

function listButtons(addon) {
    return listTemplates(addon).flatMap((name) =>
        findButtons(getTemplate(name)).map((_element, index) => `${name} ${index}`)
    );
}

/** What the technician sees, and where; without the clocks that run by themselves. */
function look({server}) {
    const page = getFixture().cloneNode(true);
    page.querySelectorAll("[role=timer], .clock-today").forEach((element) => element.remove());
    const calls = server.calls.filter(({method}) => !/^get_/.test(method)).length;
    const typed = queryAll("input, textarea").map(({value}) => value);
    return [browser.location.href, calls, ...typed, page.innerHTML].join("\n");
}

async function press(element) {
    if (element.type !== "file") {
        element.click();
        return;
    }
    const canvas = Object.assign(document.createElement("canvas"), {width: 9, height: 9});
    const blob = await new Promise((resolve) => canvas.toBlob(resolve));
    const data = new DataTransfer();
    data.items.add(new File([blob], "photo.png", {type: "image/png"}));
    element.files = data.files;
    element.dispatchEvent(new Event("change"));
}

/** Open a screen, with all that is folded unfolded. */
async function open(scenario) {
    await clearPhone();
    const {prepare, answers, ...options} = scenario;
    const server = new FakeServer(answers?.());
    const page = await openPage({...options, server, getTemplate: getMarkedTemplate});
    await prepare?.(page);
    queryAll("details").forEach((element) => element.setAttribute("open", ""));
    return page;
}

/** Press each of the buttons of one place in a template, until something comes of it. */
async function isAlive(scenario, button) {
    let count = 1;
    for (let index = 0; index < count; index++) {
        const page = await open(scenario);
        await waitUntil(() => queryAll(`[${MARK}='${button}']`).length > index, {
            timeout: PATIENCE,
        });
        const elements = queryAll(`[${MARK}='${button}']`);
        count = elements.length; // a tab that is open already does nothing: its neighbour does
        const before = look(page);
        await press(elements[index]);
        const hasChanged = await waitUntil(() => look(page) !== before, {
            timeout: PATIENCE,
        }).catch(() => false);
        page.close();
        if (hasChanged) {
            return true;
        }
    }
    return false;
}

/**
 * Press each button of an add-on's templates, on the screens given.
 *
 * @param {string} addon
 * @param {Object[]} scenarios screens: what `openPage` takes, `answers()` of the server, and
 *     `prepare(page)` with what is done before
 * @returns {Promise<string[]>} the buttons that no screen shows, or that do nothing on any
 */
export async function pressEveryButton(addon, scenarios) {
    const left = new Set(listButtons(addon));
    if (!left.size) {
        throw new Error(`${addon} has no button`);
    }
    for (const scenario of scenarios) {
        const page = await open(scenario);
        const shown = queryAll(`[${MARK}]:not([disabled])`).map((element) =>
            element.getAttribute(MARK)
        );
        page.close();
        for (const button of new Set(shown)) {
            if (left.has(button) && (await isAlive(scenario, button))) {
                left.delete(button);
            }
        }
    }
    return [...left];
}
