import {session} from "@web/session";

/** Moments are UTC texts, as Odoo writes them: `2026-11-03 14:05:00`. */

const LOCALE = session.my_day?.lang || "en-US";

export function toDate(text) {
    return new Date(`${text.replace(" ", "T")}Z`);
}

export function toText(date) {
    return date.toISOString().slice(0, 19).replace("T", " ");
}

const formats = {};

function format(date, zone, options) {
    const key = JSON.stringify([zone, options]);
    formats[key] ||= new Intl.DateTimeFormat(LOCALE, {timeZone: zone, ...options});
    return formats[key].format(date);
}

/** Time of the day of a moment, by the clocks of a zone. */
export function formatTime(text, zone) {
    return text ? format(toDate(text), zone, {hour: "numeric", minute: "2-digit"}) : "";
}

/** Times of the day from one moment to another, as short as people say them. */
export function formatSpan(start, end, zone) {
    const options = {timeZone: zone, hour: "numeric", minute: "2-digit"};
    return new Intl.DateTimeFormat(LOCALE, options).formatRange(toDate(start), toDate(end));
}

/** Day and time of a moment, by the clocks of a zone. */
export function formatMoment(text, zone) {
    const options = {day: "numeric", month: "short", hour: "numeric", minute: "2-digit"};
    return text ? format(toDate(text), zone, options) : "";
}

/** A date without time, `2026-11-03`, in words. */
export function formatDay(day) {
    const words = format(new Date(`${day}T12:00:00Z`), "UTC", {
        weekday: "long",
        day: "numeric",
        month: "long",
    });
    return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Hours as people say them: 1:05 */
export function formatHours(hours) {
    const minutes = Math.floor(Math.max(hours, 0) * 60 + 1 / 60);
    return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}`;
}

/** A running time: 1:05:09 */
export function formatTimer(seconds) {
    const rest = Math.max(Math.floor(seconds), 0);
    return `${formatHours(rest / 3600)}:${String(rest % 60).padStart(2, "0")}`;
}

export function formatNumber(number, digits = 2) {
    return new Intl.NumberFormat(LOCALE, {maximumFractionDigits: digits}).format(number);
}

/** Date and time of a moment by the clocks of a zone, as fields take them: `{date, time}`. */
export function toClock(text, zone) {
    const options = {year: "numeric", month: "2-digit", day: "2-digit"};
    const times = {hour: "2-digit", minute: "2-digit", hourCycle: "h23"};
    const clock = new Intl.DateTimeFormat("en-CA", {timeZone: zone, ...options, ...times});
    const parts = clock.formatToParts(toDate(text)).map(({type, value}) => [type, value]);
    const {year, month, day, hour, minute} = Object.fromEntries(parts);
    return {date: `${year}-${month}-${day}`, time: `${hour}:${minute}`};
}

/** A date some days later: `2026-11-03`. */
export function addDays(day, count) {
    const date = new Date(`${day}T12:00:00Z`);
    date.setUTCDate(date.getUTCDate() + count);
    return date.toISOString().slice(0, 10);
}

/** A date without time, `2026-11-03`, as short as people write it. */
export function formatDate(day) {
    const options = {year: "numeric", month: "short", day: "numeric"};
    return format(new Date(`${day}T12:00:00Z`), "UTC", options);
}

/** Two dates without time, in words. */
export function formatDates(first, last) {
    const options = {timeZone: "UTC", day: "numeric", month: "short"};
    const [start, end] = [first, last].map((day) => new Date(`${day}T12:00:00Z`));
    return new Intl.DateTimeFormat(LOCALE, options).formatRange(start, end);
}
