import {browser} from "@web/core/browser/browser";

import {Dialogs} from "./dialogs";

/**
 * Which screen is shown, and the way back from it.
 *
 * The address says the screen. Each screen is one step of the browser's history, and so are all
 * the sections of a job together: *Back* leaves a job at once, to where one came from.
 */
export class Navigation extends Dialogs {
    screen = {name: "day", jobId: 0, tab: "job"};
    span = "today"; // days that the list of visits shows
    scrolls = {}; // address → how far its screen was scrolled

    open(name, jobId = 0, tab = "job") {
        const hash = jobId ? `${name}/${jobId}/${tab}` : name === "day" ? "" : name;
        const isSection = name === this.screen.name && jobId === this.screen.jobId;
        const depth = browser.history.state?.depth || 0;
        if (isSection) {
            this._goTo("replaceState", depth, hash);
        } else {
            this.scrolls[browser.location.hash.slice(1)] = this.getScroll?.() || 0;
            delete this.scrolls[hash];
            this._goTo("pushState", depth + 1, hash);
        }
        this.openFromHash();
    }

    /** Leave a screen for the one before it; for the day where the page began with this one. */
    back() {
        if (browser.history.state?.depth) {
            browser.history.back(); // the browser tells when it is there
        } else {
            this._goTo("replaceState", 0, "");
            this.openFromHash();
        }
    }

    _goTo(method, depth, hash) {
        const url = new URL(browser.location.href);
        url.hash = hash;
        browser.history[method]({depth}, "", url.href);
    }

    openFromHash() {
        const [name, jobId, tab] = browser.location.hash.slice(1).split("/");
        const wasJob = this.screen.jobId;
        this.screen = {name: name || "day", jobId: Number(jobId) || 0, tab: tab || "job"};
        if (this.screen.jobId && this.screen.jobId !== wasJob) {
            this.loadJob(this.screen.jobId);
        }
    }

    /** How far the screen that is shown was scrolled when it was left. */
    get scrollBefore() {
        return this.scrolls[browser.location.hash.slice(1)] || 0;
    }
}
