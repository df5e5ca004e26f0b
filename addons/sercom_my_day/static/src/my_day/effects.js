import {toDate} from "./format";
import {findPlace, isOver, listVisits} from "./places";

/**
 * What an action changes on the screen before the server has heard of it.
 *
 * `shown` is a copy of the server's data (`day`, `jobs`, `clock`); `EFFECTS[kind]` changes it as
 * the server will, as far as the screen can tell.
 */
export const EFFECTS = {
    punch(shown, action, moment) {
        const {clock, me} = shown;
        const people = action.employee_ids || [me];
        const starts = action.punch === "start";
        for (const job of Object.values(shown.jobs)) {
            for (const person of job.crew) {
                if (people.includes(person.id)) {
                    person.is_clocked = starts;
                    person.clocked_job_id = starts && action.job_id;
                    person.clocked_work_type = starts && (action.work_type || "work");
                }
            }
        }
        if (!clock || !people.includes(me)) {
            return;
        }
        if (clock.since) {
            // The hours are counted up to when the data was read: now to this punch.
            clock.hours_today += (toDate(moment) - toDate(clock.now)) / 3600000;
        }
        clock.now = moment;
        const job = findPlace(shown, action.job_id);
        const before = {job_id: clock.job_id, job_name: clock.job_name};
        Object.assign(clock, {since: false, on_break: false, break_since: false});
        Object.assign(clock, {job_id: false, job_name: "", work_type: false});
        if (starts) {
            Object.assign(clock, {
                since: moment,
                job_id: action.job_id || false,
                job_name: job?.name || "",
                work_type: action.work_type || "work",
            });
            startJob(shown, action);
        } else if (action.punch === "break") {
            Object.assign(clock, before, {on_break: true, break_since: moment});
        }
    },

    check(shown, action) {
        const job = shown.jobs[action.job_id];
        const check = job?.checks.find((item) => item.id === action.check_id);
        if (!check) {
            return;
        }
        const isAnswered = action.value !== null && action.value !== "";
        check.value = isAnswered ? action.value : null;
        setCheckState(shown, action.job_id, check, isAnswered);
        if (check.kind === "number") {
            const number = parseFloat(String(action.value).replace(",", "."));
            const [lowest, highest] = check.limits;
            check.is_out_of_limits =
                isAnswered &&
                ((lowest !== null && number < lowest) || (highest !== null && number > highest));
        }
    },

    note(shown, action, moment) {
        shown.jobs[action.job_id]?.notes.unshift({
            id: action.uuid,
            author: shown.name,
            moment,
            text: action.text,
            isWaiting: true,
        });
    },

    photo(shown, action, moment) {
        const job = shown.jobs[action.job_id];
        if (!job) {
            return;
        }
        const {uuid, name, caption, when, check_id, blob} = action;
        const shot = {id: uuid, uuid, name, caption, when, check_id, blob, moment};
        job.photos.push({...shot, isWaiting: true});
        const check = job.checks.find((item) => item.id === check_id);
        if (check) {
            const count = job.photos.filter((one) => one.check_id === check_id).length;
            setCheckState(shown, job.id, check, count >= check.photo_min);
        }
    },

    caption(shown, action) {
        for (const photo of shown.jobs[action.job_id]?.photos || []) {
            if (photo.id === action.photo_id || (photo.uuid && photo.uuid === action.photo_uuid)) {
                photo.caption = action.caption;
            }
        }
    },

    found(shown, action) {
        const job = shown.jobs[action.job_id];
        for (const field of ["found_note", "work_note", "advice_note"]) {
            if (job && action[field] !== undefined) {
                job[field] = action[field];
            }
        }
    },

    /** Asked again, it stays one; what the office has planned already stays as it is. */
    next_visit(shown, action) {
        const job = shown.jobs[action.job_id];
        if (!job) {
            return;
        }
        const visits = (job.asked_visits ||= []);
        let visit = visits.find(({state}) => !isOver(state));
        if (!visit) {
            visit = {id: action.uuid, name: "", state: "to_plan", start: false, people: ""};
            visits.push(visit);
        }
        if (visit.state === "to_plan") {
            Object.assign(visit, {todo: action.text, wished: action.date || false});
        }
        visit.isWaiting = true;
    },

    complete(shown, action, moment) {
        const job = shown.jobs[action.job_id];
        if (action.clock_out) {
            EFFECTS.punch(shown, {punch: "end"}, moment);
        }
        if (job) {
            job.isCompleting = true;
            EFFECTS.found(shown, action);
        }
    },

    entry_job(shown, action) {
        const day = shown.day || {};
        day.jobless = (day.jobless || []).filter((entry) => entry.id !== action.attendance_id);
    },

    on_my_way(shown, action, moment) {
        for (const visit of listVisits(shown)) {
            if (visit.id === action.visit_id) {
                visit.on_my_way_on = moment;
            }
        }
    },
};

function startJob(shown, action) {
    if ((action.work_type || "work") !== "work" || !action.job_id) {
        return;
    }
    const job = shown.jobs[action.job_id];
    const places = listVisits(shown).filter((visit) => visit.job_id === action.job_id);
    for (const place of job ? [job, ...places] : places) {
        if (["to_plan", "planned"].includes(place.job_state)) {
            place.job_state = "in_progress";
        }
    }
}

function setCheckState(shown, jobId, check, isDone) {
    const change = (check.state === "waiting") - !isDone;
    check.state = isDone ? "done" : "waiting";
    for (const visit of listVisits(shown)) {
        if (visit.job_id === jobId) {
            visit.check_waiting -= change;
        }
    }
}
