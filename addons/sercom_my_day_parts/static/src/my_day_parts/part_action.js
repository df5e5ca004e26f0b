import {actionRegistry} from "@sercom_my_day/my_day/registries";
import {_t} from "@web/core/l10n/translation";

/** What of a part the job has used, as the screen shows it; made when it used none yet. */
function getUsedPart(shown, {job_id, product_id, name, unit}) {
    const job = shown.jobs[job_id];
    let part = job?.parts_used.find((used) => used.product_id === product_id);
    if (job && !part) {
        part = {product_id, name, unit, quantity: 0, lots: []};
        job.parts_used.push(part);
    }
    return part;
}

function getLotQuantity(part, name) {
    return part.lots.find((lot) => lot.name === name)?.quantity || 0;
}

/** Set the total: of one lot where the part has them. */
function setTotal(part, quantity, lotName) {
    if (!lotName) {
        part.quantity = quantity;
        return;
    }
    part.quantity += quantity - getLotQuantity(part, lotName);
    part.lots = part.lots.filter((lot) => lot.name !== lotName);
    if (quantity) {
        part.lots.push({name: lotName, quantity});
    }
}

/** More of a part was used; what the job has used before stays, whatever the phone knows of it. */
function addPart(shown, action) {
    const part = getUsedPart(shown, action);
    if (part) {
        const {lot_name: lotName} = action;
        const before = lotName ? getLotQuantity(part, lotName) : part.quantity;
        setTotal(part, before + action.quantity, lotName);
        part.isWaiting = true;
    }
}

/** The total was wrong, and is set. */
function correctPart(shown, action) {
    const part = getUsedPart(shown, action);
    if (part) {
        setTotal(part, action.quantity, action.lot_name);
        part.isWaiting = true;
    }
}

actionRegistry
    .add("part_add", {getTitle: () => _t("Part"), apply: addPart})
    .add("part", {getTitle: () => _t("Total of a part"), apply: correctPart});
