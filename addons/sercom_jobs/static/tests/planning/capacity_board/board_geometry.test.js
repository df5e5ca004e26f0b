import {describe, expect, test} from "@odoo/hoot";
import {
    TimeAxis,
    assignLanes,
    edgeSpeed,
    hourRange,
    loadLevel,
    rowAt,
    rowOffsets,
    visibleRows,
} from "@sercom_jobs/planning/capacity_board/board_geometry";
import {HOUR, getZone} from "@sercom_jobs/planning/capacity_board/board_time";

describe.current.tags("headless");

const zone = getZone("America/Toronto");

function makeAxis(values = {}) {
    const dates = ["2026-11-23"];
    return new TimeAxis({zone, dates, range: [8, 18], width: 1000, minColumn: 100, ...values});
}

test("a day's moments and pixels", () => {
    const axis = makeAxis();
    const nine = zone.at("2026-11-23", 9);
    expect(axis.x(nine)).toBe(100);
    expect(axis.momentAt(100)).toBe(nine);
    expect(axis.span(nine, nine + 2 * HOUR)).toEqual({left: 100, width: 200});
    expect(axis.span(zone.at("2026-11-23", 5), nine)).toEqual({left: 0, width: 100});
    expect(axis.span(zone.at("2026-11-23", 5), zone.at("2026-11-23", 8))).toBe(null);
});

test("a day of 23 hours and one of 25 are drawn as long as they are", () => {
    const spring = makeAxis({dates: ["2026-03-08"], range: [0, 24], width: 2300});
    expect(spring.hours().length).toBe(23);
    expect(spring.x(zone.at("2026-03-08", 3))).toBe(200);
    const autumn = makeAxis({dates: ["2026-11-01"], range: [0, 24], width: 2500});
    expect(autumn.hours().length).toBe(25);
    expect(autumn.x(zone.at("2026-11-01", 2))).toBe(300);
    const hours = autumn.hours().map(({moment}) => zone.hourOf(moment));
    expect(hours.slice(0, 4)).toEqual([0, 1, 1, 2]);
});

test("columns of days, the quiet ones narrow", () => {
    const dates = ["2026-11-21", "2026-11-22", "2026-11-23"];
    const axis = makeAxis({dates, width: 388, quiet: new Set(dates.slice(0, 2))});
    expect(axis.columns.map(({left, width}) => [left, width])).toEqual([
        [0, 44],
        [44, 44],
        [88, 300],
    ]);
    expect(axis.columnAt(50).date).toBe("2026-11-22");
    expect(axis.columnAt(9999).date).toBe("2026-11-23");
    expect(axis.columnAt(-5).date).toBe("2026-11-21");
    const busy = makeAxis({dates, width: 390, quiet: new Set(dates)});
    expect(busy.columns.map(({width}) => width)).toEqual([130, 130, 130]);
});

test("columns never get narrower than can be read", () => {
    const axis = makeAxis({dates: ["2026-11-23", "2026-11-24"], width: 100, minColumn: 90});
    expect(axis.width).toBe(180);
});

test("the hours shown hold everything that happens", () => {
    const span = (from, to) => [zone.at("2026-11-23", from), zone.at("2026-11-23", to)];
    expect(hourRange([], zone)).toEqual([7, 18]);
    expect(hourRange([span(8, 12), span(16, 20.5)], zone)).toEqual([7, 21]);
    expect(hourRange([span(5.5, 8)], zone)).toEqual([5, 18]);
    expect(hourRange([span(20, 24)], zone)).toEqual([7, 24]);
    expect(hourRange([span(22, 30)], zone)).toEqual([0, 24]);
});

test("blocks that overlap lie below each other, those that touch do not", () => {
    const block = (start, end) => ({start, end});
    expect(assignLanes([block(8, 10), block(10, 12)])).toEqual({lanes: [0, 0], count: 1});
    expect(assignLanes([block(8, 12), block(9, 10), block(10, 11), block(12, 13)])).toEqual({
        lanes: [0, 1, 1, 0],
        count: 2,
    });
    expect(assignLanes([])).toEqual({lanes: [], count: 1});
});

test("rows in sight are found by their heights", () => {
    const offsets = rowOffsets([10, 20, 30]);
    expect(offsets).toEqual([0, 10, 30, 60]);
    expect([-5, 0, 9, 10, 29, 30, 500].map((y) => rowAt(offsets, y))).toEqual([
        ...[0, 0, 0, 1, 1, 2, 2],
    ]);
    expect(visibleRows(rowOffsets(Array(1000).fill(50)), 10_000, 500, 100)).toEqual([198, 213]);
    expect(visibleRows([0], 0, 500)).toEqual([0, 0]);
});

test("near an edge it scrolls, faster the nearer", () => {
    expect(edgeSpeed(500, 0, 1000)).toBe(0);
    expect(edgeSpeed(40, 0, 1000)).toBeLessThan(0);
    expect(edgeSpeed(990, 0, 1000)).toBeGreaterThan(edgeSpeed(960, 0, 1000));
    expect(edgeSpeed(-500, 0, 1000)).toBe(-18);
});

test("the load of a day in a word", () => {
    expect(loadLevel(0, 8)).toBe("free");
    expect(loadLevel(4, 8)).toBe("part");
    expect(loadLevel(7.5, 8)).toBe("full");
    expect(loadLevel(8, 8)).toBe("full");
    expect(loadLevel(8.5, 8)).toBe("over");
    expect(loadLevel(0, 0)).toBe("none");
    expect(loadLevel(1, 0)).toBe("over");
});
