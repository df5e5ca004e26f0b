import {describe, expect, test} from "@odoo/hoot";
import {patchTranslations, patchWithCleanup} from "@web/../tests/web_test_helpers";
import {localization} from "@web/core/l10n/localization";
import {
    HOUR,
    addDays,
    formatUtc,
    getZone,
    listDays,
    parseUtc,
    startOfWeek,
    toMinute,
} from "@sercom_jobs/planning/capacity_board/board_time";

describe.current.tags("headless");

const montreal = getZone("America/Toronto");

test("moments go to the server's text and back", () => {
    const moment = parseUtc("2026-11-23 14:30:05");
    expect(moment).toBe(Date.UTC(2026, 10, 23, 14, 30, 5));
    expect(formatUtc(moment)).toBe("2026-11-23 14:30:05");
});

test("days are counted across months and clock changes", () => {
    expect(addDays("2026-02-28", 1)).toBe("2026-03-01");
    expect(addDays("2026-11-01", 1)).toBe("2026-11-02");
    expect(listDays("2026-03-07", "2026-03-10")).toEqual([
        "2026-03-07",
        "2026-03-08",
        "2026-03-09",
    ]);
    expect(startOfWeek("2026-11-25", 1)).toBe("2026-11-23");
    expect(startOfWeek("2026-11-25", 7)).toBe("2026-11-22");
    expect(startOfWeek("2026-11-22", 7)).toBe("2026-11-22");
});

test("a zone tells wall clocks, also around a clock change", () => {
    expect(montreal.at("2026-11-23", 9)).toBe(Date.UTC(2026, 10, 23, 14));
    expect(montreal.at("2026-11-23", 24)).toBe(Date.UTC(2026, 10, 24, 5));
    // 8 March has 23 hours, 1 November has 25.
    expect(montreal.at("2026-03-08", 24) - montreal.at("2026-03-08", 0)).toBe(23 * HOUR);
    expect(montreal.at("2026-11-01", 24) - montreal.at("2026-11-01", 0)).toBe(25 * HOUR);
    expect(montreal.hourOf(montreal.at("2026-03-08", 2.5))).toBe(3.5);
    const nine = montreal.at("2026-03-07", 9);
    expect(montreal.hourOf(montreal.onDay(nine, "2026-03-08"))).toBe(9);
});

test("the days a block touches: an end at midnight belongs to the day before", () => {
    const start = montreal.at("2026-11-23", 22);
    expect(montreal.days(start, montreal.at("2026-11-24", 0))).toEqual(["2026-11-23"]);
    expect(montreal.days(start, montreal.at("2026-11-24", 6))).toEqual([
        "2026-11-23",
        "2026-11-24",
    ]);
});

test("snapping keeps to the wall clock, in zones of a half hour too", () => {
    const india = getZone("Asia/Kolkata");
    const moment = india.at("2026-11-23", 9) + 8 * 60_000;
    expect(india.hourOf(india.snap(moment, HOUR))).toBe(9);
    expect(india.hourOf(india.snap(moment, HOUR / 4))).toBe(9.25);
});

test("whatever fraction of a pixel is dropped, a time is a whole minute", () => {
    const start = montreal.at("2026-11-23", 7);
    const perPixel = (11 * HOUR) / 1187;
    for (let pixel = 0; pixel < 1187; pixel++) {
        const moment = start + pixel * perPixel + 1 / 3;
        expect(formatUtc(montreal.snap(moment, HOUR / 4)).slice(-2)).toBe("00");
    }
    expect(formatUtc(start - 0.0001)).toBe("2026-11-23 12:00:00");
    expect(formatUtc(toMinute(start + 1.6 * 60_000))).toBe("2026-11-23 12:02:00");
});

test("an unknown zone is UTC", () => {
    expect(getZone("Mars/Olympus").name).toBe("UTC");
    expect(getZone(false).name).toBe("UTC");
});

test("hours are written as the user's language does", () => {
    patchTranslations();
    patchWithCleanup(localization, {timeFormat: "HH:mm:ss"});
    const nine = montreal.at("2026-11-23", 9);
    expect(montreal.formatRange(nine, nine + 1.5 * HOUR)).toBe("9:00 – 10:30");
    const midnight = montreal.at("2026-11-23", 0);
    expect(String(montreal.formatRange(midnight, midnight + 24 * HOUR))).toBe("All day");
    patchWithCleanup(localization, {timeFormat: "hh:mm:ss a"});
    expect(montreal.formatRange(nine, nine + 4.5 * HOUR)).toBe("9am – 1:30pm");
    expect(montreal.formatTime(nine, true)).toBe("9a");
});
