import {describe, expect, test} from "@odoo/hoot";
import {makeMockEnv} from "@web/../tests/web_test_helpers";
import {
    findConflicts,
    freeSpans,
    placeInDay,
} from "@sercom_jobs/planning/capacity_board/board_conflicts";
import {HOUR, parseUtc} from "@sercom_jobs/planning/capacity_board/board_time";
import {MONDAY, at, makeBlock, makeBoard, makeEmployee, makeModel} from "./board_test_helpers";

describe.current.tags("headless");

const TUESDAY = "2026-11-24";

test("rows are people by team, in order, without team last", () => {
    const employees = [
        makeEmployee({id: 1, name: "Zoé", team_id: false}),
        makeEmployee({id: 2, name: "Ann", team_id: 2}),
        makeEmployee({id: 3, name: "Bob", team_id: 1}),
    ];
    const model = makeModel({employees});
    const names = (options) =>
        model.rows(options).map(({team, employee}) => (team ? `#${team.name}` : employee.name));
    expect(names()).toEqual(["#Plumbing", "Bob", "#Heating", "Ann", "#", "Zoé"]);
    expect(names({collapsed: new Set([1, false])})).toEqual(["#Plumbing", "#Heating", "Ann", "#"]);
});

test("people are searched by name, team or skill, without accents", () => {
    const employees = [
        makeEmployee({id: 1, name: "Émile Roy", team_id: 1}),
        makeEmployee({id: 2, name: "Ann", team_id: 2, skills: ["Gaz naturel"]}),
    ];
    const model = makeModel({employees});
    const found = (search) =>
        model
            .rows({search, collapsed: new Set([1, 2])})
            .filter(({employee}) => employee)
            .map(({employee}) => employee.id);
    expect(found("emile")).toEqual([1]);
    expect(found("GAZ")).toEqual([2]);
    expect(found("heating")).toEqual([2]);
    expect(found("nobody")).toEqual([]);
});

test("putting a block in moves the load with it", () => {
    const model = makeModel({
        employees: [makeEmployee({id: 1, booked: {[MONDAY]: 2}}), makeEmployee({id: 2})],
        blocks: [makeBlock({id: 7, employee_id: 1})],
    });
    const [luc, ann] = [model.employees.get(1), model.employees.get(2)];
    const {revision} = ann;
    const block = model.blocks.get(7);
    model.putBlock({...block, employee_id: 2, end: block.end + HOUR, planned_hours: 3});
    expect(luc.dayByDate.get(MONDAY).booked).toBe(0);
    expect(luc.dayByDate.get(MONDAY).free).toBe(8);
    expect(ann.dayByDate.get(MONDAY).booked).toBe(3);
    expect(luc.blocks).toEqual([]);
    expect(ann.blocks.map(({id}) => id)).toEqual([7]);
    expect(ann.revision).toBeGreaterThan(revision);
    model.removeBlock(7);
    expect(ann.dayByDate.get(MONDAY).booked).toBe(0);
});

test("a block over midnight is on both days, its hours shared", () => {
    const model = makeModel({employees: [makeEmployee({id: 1})]});
    const block = makeBlock({id: 7, from: 22, to: 30});
    model.putBlock({...block, start: parseUtc(block.start), end: parseUtc(block.end)});
    const luc = model.employees.get(1);
    expect(luc.dayByDate.get(MONDAY).booked).toBe(2);
    expect(luc.dayByDate.get(TUESDAY).booked).toBe(6);
    expect([...model.blocksByDate(luc).keys()]).toEqual([MONDAY, TUESDAY]);
});

test("an answer of the server that changes nothing redraws nobody", () => {
    const employees = [makeEmployee({id: 1}), makeEmployee({id: 2})];
    const blocks = [makeBlock({id: 7, employee_id: 1}), makeBlock({id: 8, employee_id: 2})];
    const model = makeModel({employees, blocks});
    const [luc, ann] = [model.employees.get(1), model.employees.get(2)];
    const moved = makeBlock({id: 8, employee_id: 2, client: "Client 8", from: 14, to: 15});
    model.mergeBoard(makeBoard({employees, blocks: [blocks[0], moved]}), [1, 2]);
    expect(model.employees.get(1)).toBe(luc);
    expect(model.employees.get(2)).not.toBe(ann);
    expect(model.blocks.get(8).start).toBe(parseUtc(at(MONDAY, 14)));
    expect([...model.employees.keys()]).toEqual([1, 2]);
});

test("who has left disappears, who is new appears, the others keep their place", () => {
    const [luc, ann, zoe] = [1, 2, 3].map((id) => makeEmployee({id}));
    const model = makeModel({employees: [luc, ann]});
    model.mergeBoard(makeBoard({employees: [zoe]}), [1, 3]);
    expect([...model.employees.keys()]).toEqual([2, 3]);
});

test("only drafts of the shown days are confirmed together", () => {
    const model = makeModel({
        employees: [makeEmployee({id: 1})],
        blocks: [
            makeBlock({id: 7}),
            makeBlock({id: 8, from: 13, to: 14, state: "confirmed"}),
            makeBlock({id: 9, date: "2026-12-01"}),
        ],
    });
    expect(model.drafts.map(({id}) => id)).toEqual([7]);
});

test("conflicts are told from what is loaded", async () => {
    await makeMockEnv();
    const model = makeModel({
        employees: [makeEmployee({id: 1, off: {[TUESDAY]: "Vacation"}})],
        blocks: [makeBlock({id: 7}), makeBlock({id: 8, from: 14, to: 15, override: true})],
        appointments: [
            {id: 1, employee_id: 1, name: "Meeting", start: at(MONDAY, 16), end: at(MONDAY, 17)},
        ],
    });
    const kinds = (date, from, to, blockId) =>
        findConflicts(model, {
            employeeId: 1,
            start: parseUtc(at(date, from)),
            end: parseUtc(at(date, to)),
            blockId,
        }).map(({kind, level}) => `${kind}:${level}`);
    expect(kinds(MONDAY, 10, 12)).toEqual(["overlap:block"]);
    expect(kinds(MONDAY, 11, 12)).toEqual([]);
    expect(kinds(MONDAY, 10, 12, 7)).toEqual([]);
    expect(kinds(MONDAY, 14, 15)).toEqual(["overlap:warn"]);
    expect(kinds(MONDAY, 15.5, 16.5)).toEqual(["appointment:warn"]);
    expect(kinds(MONDAY, 11.5, 13.5)).toEqual(["hours:warn"]);
    expect(kinds(MONDAY, 17, 19)).toEqual(["hours:warn"]);
    expect(kinds(TUESDAY, 9, 10)).toEqual(["time_off:warn"]);
    expect(kinds("2026-11-28", 9, 10)).toEqual(["hours:warn"]);
});

test("a block dropped on a day takes its own hour, or the first gap that holds it", () => {
    const model = makeModel({
        employees: [makeEmployee({id: 1})],
        blocks: [makeBlock({id: 7, from: 8, to: 10})],
    });
    const luc = model.employees.get(1);
    const hour = (options) =>
        luc.zone.hourOf(placeInDay(luc, MONDAY, {length: 2 * HOUR, ...options}));
    expect(hour()).toBe(10);
    expect(hour({preferred: luc.zone.at(MONDAY, 14)})).toBe(14);
    expect(hour({preferred: luc.zone.at(MONDAY, 9)})).toBe(10);
    expect(hour({preferred: luc.zone.at(MONDAY, 9), blockId: 7})).toBe(9);
    expect(hour({after: luc.zone.at(MONDAY, 14.1)})).toBe(14.25);
    // Four hours fit after lunch, five only around it, ten nowhere.
    expect(hour({length: 4 * HOUR})).toBe(13);
    expect(hour({length: 5 * HOUR})).toBe(10);
    expect(hour({length: 10 * HOUR})).toBe(8);
    expect(freeSpans(luc, MONDAY).map((span) => span.map((m) => luc.zone.hourOf(m)))).toEqual([
        [10, 12],
        [13, 17],
    ]);
});
