import {_t} from "@web/core/l10n/translation";

import {actionRegistry} from "../registries";

/** What the client signed shows on the job before the server has heard of it. */
function applyQuote(shown, action) {
    const job = shown.jobs[action.job_id];
    if (job) {
        const {uuid: id, name: option, signed_by} = action;
        job.site_quotes ||= [];
        job.site_quotes.push({id, name: "", option, signed_by, state: "waiting"});
    }
}

actionRegistry
    .add("quote", {getTitle: () => _t("Quote signed"), apply: applyQuote})
    .add("quote_declined", {getTitle: () => _t("Quote declined")});
