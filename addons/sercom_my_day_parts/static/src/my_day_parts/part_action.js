import {actionRegistry} from "@sercom_my_day/my_day/registries";
import {_t} from "@web/core/l10n/translation";

/** What the screen shows of a part before the server has taken it. */
function applyPart(shown, action) {
    const job = shown.jobs[action.job_id];
    const part = job?.parts.find((line) => line.product_id === action.product_id);
    if (part) {
        part.delivered = action.quantity;
        part.quantity = Math.max(part.quantity, action.quantity);
        part.isWaiting = true;
    } else if (job && action.quantity) {
        const {uuid: id, product_id, name, unit, quantity} = action;
        job.parts.push({id, product_id, name, unit, quantity, isWaiting: true});
    }
}

actionRegistry.add("part", {getTitle: () => _t("Part"), apply: applyPart});
