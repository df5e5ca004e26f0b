import {registry} from "@web/core/registry";

/** Where other add-ons put what they show on the page. */

/**
 * Kinds of actions: `{getTitle(action), apply(shown, action, moment)}`; without `apply`, the screen
 * shows nothing of it before the server has answered.
 */
export const actionRegistry = registry.category("sercom_my_day.actions");

/** Sections of a job's screen: `{getName(), icon, component, getCount(job)}`. */
export const jobTabRegistry = registry.category("sercom_my_day.job_tabs");

/** Components of a job's first section, below its crew; props: `store`, `job`. */
export const jobCardRegistry = registry.category("sercom_my_day.job_cards");

/** `async (store, jobs)`: what else is read when the day and its jobs have been read. */
export const loaderRegistry = registry.category("sercom_my_day.loaders");
