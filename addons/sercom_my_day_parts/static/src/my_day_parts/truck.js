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

/** Once a day as long as the page is open, and when the jobs have used something. */
async function loadTruckAsNeeded(store, jobs) {
    const used = jobs.map((job) => job.parts_used);
    const state = JSON.stringify([store.base.day.today, used]);
    if (jobs.length && store.truckState !== state) {
        store.truckState = state;
        await loadTruck(store, jobs[0].id);
    }
}

loaderRegistry.add("truck", loadTruckAsNeeded);
