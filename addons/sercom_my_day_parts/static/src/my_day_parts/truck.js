import {loaderRegistry} from "@sercom_my_day/my_day/registries";
import {callServer} from "@sercom_my_day/my_day/server";

/** What is in the truck, to find parts without network. */
export async function loadTruck(store, jobId) {
    try {
        const truck = await callServer("find_parts", {job_id: jobId});
        await store.keep({...store.base, truck});
    } catch (error) {
        store.onFailure(error);
    }
}

/** Once a day, as long as the page is open. */
async function loadTruckOfDay(store, jobs) {
    const {today} = store.base.day;
    if (jobs.length && store.truckDay !== today) {
        store.truckDay = today;
        await loadTruck(store, jobs[0].id);
    }
}

loaderRegistry.add("truck", loadTruckOfDay);
