// @odoo-module ignore

/* eslint-disable no-restricted-globals */

/**
 * Keeps the page "My Day" on the phone: its shell, its bundle and the small photos, so that it
 * opens without network. What the technician does there is not this worker's business: the page
 * keeps it in IndexedDB, and sends it itself.
 */
const CACHE = "sercom-my-day";
const SHELL = "/my-day";
// Milliseconds that the network gets before the kept page shows: what it brings later is kept for
// the next time, and a page of another user or of none shows nothing anyway.
const PATIENCE = 150;
const KEPT = [
    "/web/assets/",
    "/web/static/",
    "/sercom_my_day/static/img/",
    "/my-day/manifest.webmanifest",
];
const PHOTOS = "/web/image/sercom.photo/";
const PAST_PHOTOS = "/my-day/photo/";

self.addEventListener("install", (event) => {
    event.waitUntil(
        (async () => {
            await self.skipWaiting();
            const response = await fetch(SHELL, {credentials: "same-origin"});
            await keepShell(response);
        })()
    );
});

self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("message", (event) => {
    if (event.data === "forget") {
        event.waitUntil(caches.delete(CACHE));
    }
});

self.addEventListener("fetch", (event) => {
    const request = event.request;
    const url = new URL(request.url);
    if (request.method !== "GET" || url.origin !== self.location.origin) {
        return;
    }
    if (request.mode === "navigate") {
        if (url.pathname === SHELL) {
            event.respondWith(openShell(event));
        }
    } else if (KEPT.some((path) => url.pathname.startsWith(path))) {
        event.respondWith(fromCacheFirst(request));
    } else if (url.pathname.startsWith(PHOTOS) && url.pathname.endsWith("image_256")) {
        event.respondWith(fromCacheFirst(request));
    } else if (url.pathname.startsWith(PAST_PHOTOS) && url.pathname.endsWith("image_128")) {
        event.respondWith(fromCacheFirst(request));
    }
});

self.addEventListener("push", (event) => {
    const {title, options} = event.data.json();
    event.waitUntil(self.registration.showNotification(title, options));
});

self.addEventListener("notificationclick", (event) => {
    event.notification.close();
    event.waitUntil(openNotice(event.notification.data || {}));
});

/** Open what a notice is about: a job on this page, anything else in Odoo. */
async function openNotice({model, res_id: id, page}) {
    if (page !== "my-day" && model !== "fsm.order") {
        await self.clients.openWindow(model && id ? `/odoo/${model}/${id}` : "/odoo");
        return;
    }
    const open = await self.clients.matchAll({type: "window"});
    const client = open.find(({url}) => new URL(url).pathname === SHELL);
    if (client) {
        client.postMessage({open: id || 0});
        await client.focus().catch(() => {}); // where the browser allows no page to come forward
    } else {
        await self.clients.openWindow(id ? `${SHELL}#job/${id}/job` : SHELL);
    }
}

/** The page from the network; from the phone when that takes too long or fails. */
async function openShell(event) {
    const cached = await caches.match(SHELL, {cacheName: CACHE});
    const fresh = fetch(event.request);
    // The page does not wait until it is kept, nor fail when it cannot be.
    event.waitUntil(fresh.then((response) => keepShell(response.clone())).catch(() => {}));
    if (!cached) {
        return fresh;
    }
    const waited = new Promise((resolve) => setTimeout(resolve, PATIENCE, cached));
    // An answer such as 502 comes from a proxy whose server is not there, or from a busy one.
    const usable = fresh.then((response) => (isDown(response) ? cached : response));
    return Promise.race([usable.catch(() => cached), waited]);
}

function isDown({status}) {
    return status >= 500 || status === 429;
}

/** Id of the user whose page it is; nothing when it is another page. */
function getOwner(html) {
    return html.match(/<html[^>]* data-user="(\d+)"/)?.[1];
}

function getBundles(html) {
    return [...html.matchAll(/(?:src|href)="(\/web\/assets\/[^"]+)"/g)].map((match) => match[1]);
}

/** Keep the page with everything it needs; a login page or an error is not it. */
async function keepShell(response) {
    if (!response.ok || response.redirected) {
        return;
    }
    const html = await response.clone().text();
    const owner = getOwner(html);
    if (!owner) {
        return;
    }
    const former = await caches.match(SHELL, {cacheName: CACHE}).then((kept) => kept?.text());
    if (former && getOwner(former) !== owner) {
        await caches.delete(CACHE); // of somebody else, with their photos
    }
    const needed = getBundles(html);
    const cache = await caches.open(CACHE);
    for (const url of needed) {
        if (!(await cache.match(url))) {
            await cache.add(url);
        }
    }
    // Only now: a page without its bundle would not open.
    await cache.put(SHELL, response);
    if (former && String(getBundles(former)) !== String(needed)) {
        const open = await self.clients.matchAll({type: "window"});
        open.forEach((client) => client.postMessage({isRenewed: true}));
    }
    for (const request of await cache.keys()) {
        const path = new URL(request.url).pathname;
        if (path.startsWith("/web/assets/") && !needed.includes(path)) {
            await cache.delete(request);
        }
    }
}

async function fromCacheFirst(request) {
    const cache = await caches.open(CACHE);
    const cached = await cache.match(request);
    if (cached) {
        return cached;
    }
    const response = await fetch(request);
    if (response.ok && !response.redirected) {
        await cache.put(request, response.clone());
    }
    return response;
}
