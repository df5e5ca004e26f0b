/** What the board remembers of its user, in this browser: scale, period, filters, folded teams. */
import {browser} from "@web/core/browser/browser";
import {user} from "@web/core/user";

const DEFAULTS = {
    scale: "week",
    date: "",
    seen: "",
    collapsed: [],
    trayOpen: true,
    trayFilters: {},
    allHours: false,
    /** Low rows; unless it is chosen, when all people do not fit otherwise. */
    compact: null,
};

function key() {
    return `sercom.capacity_board.${user.userId}`;
}

/**
 * @param {string} today an older period than today's visit is not taken up again: on Monday the
 *   board opens on Monday, not on the week one left on Friday
 */
export function loadSettings(today) {
    let saved = {};
    try {
        saved = JSON.parse(browser.localStorage.getItem(key())) || {};
    } catch {
        // What cannot be read is as good as nothing.
    }
    const settings = {...DEFAULTS, ...saved};
    if (settings.seen !== today || !settings.date) {
        settings.date = today;
    }
    return settings;
}

export function saveSettings(settings) {
    try {
        browser.localStorage.setItem(key(), JSON.stringify(settings));
    } catch {
        // Without storage (full, or forbidden) the board works all the same.
    }
}
