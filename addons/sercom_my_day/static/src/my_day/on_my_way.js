import {OnMyWaySheet} from "./on_my_way_sheet";

/** Ask once whom to tell of which arrival; the clock is offered for the road. */
export async function tellOnMyWay(store, visit) {
    if (visit.on_my_way_on || store.isSameTap(`way ${visit.id}`)) {
        return;
    }
    const distance = store.locator.getDistance(visit);
    const answer = await store.ask({component: OnMyWaySheet, visit, distance});
    if (!answer) {
        return;
    }
    const {recipient, arrival, isTravel} = answer;
    await store.act(
        {
            ...{kind: "on_my_way", job_id: visit.job_id, visit_id: visit.id},
            ...{partner_id: recipient?.id, name: recipient?.name, arrival},
            distance_km: distance === null ? undefined : Math.round(distance * 10) / 10,
        },
        undefined,
        recipient?.channel ? store.holdTimes.on_my_way : 0
    );
    if (isTravel) {
        await store.punch("start", {job_id: visit.job_id, work_type: "travel"});
    }
}
