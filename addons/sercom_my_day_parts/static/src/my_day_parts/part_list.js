/**
 * Parts of a job, one row for each: what is planned, what is used, what is left in the truck.
 *
 * @param {Object} job with `parts` (planned) and `parts_used`, as the screen shows them
 * @param {Object[]} truck what was known of the truck
 * @param {Object[]} waiting actions that are not sent yet
 * @returns {Object[]} `{product_id, name, unit, tracking, planned, used, lots, inTruck, isWaiting}`;
 *     without `inTruck` where nobody knows
 */
export function listParts(job, truck, waiting) {
    const rows = new Map();
    const getRow = ({product_id, name, unit, tracking = "none"}) => {
        if (!rows.has(product_id)) {
            const row = {product_id, name, unit, planned: 0, used: 0, lots: [], isWaiting: false};
            const inTruck = getTruckQuantity(product_id, truck, waiting);
            const known = truck.find(({id}) => id === product_id);
            rows.set(product_id, {...row, tracking: known?.tracking || tracking, inTruck});
        }
        return rows.get(product_id);
    };
    for (const part of job.parts) {
        getRow(part).planned += part.quantity;
    }
    for (const part of job.parts_used) {
        const {quantity: used, lots, unit, isWaiting} = part;
        Object.assign(getRow(part), {used, lots, unit, isWaiting});
    }
    return [...rows.values()];
}

/** What is left in the truck, less what waits to be sent. */
export function getTruckQuantity(productId, truck, waiting) {
    const part = truck.find(({id}) => id === productId);
    const taken = listTaken(productId, waiting).reduce((sum, {quantity}) => sum + quantity, 0);
    return part ? part.truck_quantity - taken : undefined;
}

/** Lots and serial numbers that can still be used. */
export function listLots(part, job, waiting) {
    const used = listTaken(part.id, waiting).map((action) => action.lot_name);
    if (part.tracking === "serial") {
        const own = job.parts_used.find(({product_id}) => product_id === part.id);
        used.push(...(own?.lots || []).map((lot) => lot.name));
        return part.lots.filter((lot) => !used.includes(lot.name));
    }
    return part.lots;
}

function listTaken(productId, waiting) {
    return waiting.filter(
        (action) => action.kind === "part_add" && action.product_id === productId
    );
}

/** Whether a part has all the words of a search, in any order: "heater 60". */
export function matchesWords({name, code, barcode}, text) {
    const known = [name, code, barcode].join(" ").toLowerCase();
    return text
        .toLowerCase()
        .split(/\s+/)
        .every((word) => known.includes(word));
}
