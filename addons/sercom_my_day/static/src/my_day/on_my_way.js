import {_t} from "@web/core/l10n/translation";

/** The client is told, and the clock offered for the road. */
export async function tellOnMyWay(store, visit) {
    if (visit.on_my_way_on || store.isSameTap(`way ${visit.id}`)) {
        return;
    }
    const distance = store.locator.getDistance(visit);
    await store.act({
        kind: "on_my_way",
        job_id: visit.job_id,
        visit_id: visit.id,
        distance_km: distance === null ? undefined : Math.round(distance * 10) / 10,
    });
    if (store.shown.clock?.work_type !== "travel") {
        const isTravel = await store.ask({
            title: _t("Start the clock for the road?"),
            text: _t("Your time on the road to %s starts now.", visit.client || visit.name),
            yes: _t("Start travel"),
            no: _t("Not now"),
        });
        if (isTravel) {
            await store.punch("start", {job_id: visit.job_id, work_type: "travel"});
        }
    }
}
