import {App, whenReady} from "@odoo/owl";
import {
    appTranslateFn,
    translatedTerms,
    translatedTermsGlobal,
    translationIsReady,
    translationLoaded,
} from "@web/core/l10n/translation";
import {getTemplate} from "@web/core/templates";
import {session} from "@web/session";

import {MyDay} from "./my_day";
import {makeStore} from "./store";

const SCOPE = "/my-day";

/**
 * The terms come with the page: it speaks the technician's language without network too.
 *
 * @param {Object} terms `{add-on: {term: translation}}`
 */
function loadTerms(terms) {
    Object.assign(translatedTerms, terms);
    Object.assign(translatedTermsGlobal, ...Object.values(terms));
    translatedTerms[translationLoaded] = true;
    translationIsReady.resolve(true);
}

async function start() {
    const boot = session.my_day;
    loadTerms(boot.terms);
    await whenReady();
    const store = makeStore(boot);
    const app = new App(MyDay, {
        getTemplate,
        props: {store},
        translateFn: appTranslateFn,
        translatableAttributes: ["aria-label", "placeholder", "title", "alt", "label"],
    });
    await app.mount(document.body);
    await store.start();
    if (!store.closedBy && "serviceWorker" in navigator) {
        await navigator.serviceWorker
            .register(`${SCOPE}/service-worker.js`, {scope: SCOPE})
            .catch(() => {}); // then the page opens with network only
        await store.push.start();
    }
}

if (session.my_day) {
    start();
}
