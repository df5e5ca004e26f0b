import {beforeEach, describe, expect, test} from "@odoo/hoot";
import {FakeServer, ME, UNREACHABLE, clearPhone, openPage} from "./my_day_test_helpers";

describe.current.tags("desktop");
beforeEach(clearPhone);

const SEEDS = [1, 2, 3, 5, 8, 13, 21, 34];
const STEPS = 14;
const BIG = new Blob([new Uint8Array(50 * 1024)], {type: "image/jpeg"});

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
function makeRandom(seed) {
    return () => {
        seed = (seed + 0x6d2b79f5) | 0;
        let number = Math.imul(seed ^ (seed >>> 15), 1 | seed);
        number = (number + Math.imul(number ^ (number >>> 7), 61 | number)) ^ number;
        return ((number ^ (number >>> 14)) >>> 0) / 4294967296;
    };
}

/**
 * A server that is often not there, and whose answers are often lost; as the real one, it takes
 * each number once and answers the same again. `applied` is what it did, in order.
 */
class UnsteadyServer extends FakeServer {
    constructor(random) {
        super();
        Object.assign(this, {isCalm: false, applied: [], received: {}});
        Object.assign(this.answers, {
            sync: ({actions}) => this.try(random, () => this.take(actions)),
            put_piece: (piece) => this.try(random, () => this.keep(piece)),
        });
    }

    try(random, act) {
        const luck = this.isCalm ? 1 : random();
        if (luck < 0.3) {
            return UNREACHABLE();
        }
        const answer = act();
        return luck < 0.55 ? UNREACHABLE() : answer; // it was done, and nobody hears of it
    }

    take(actions) {
        for (const action of actions) {
            if (!this.applied.some(({uuid}) => uuid === action.uuid)) {
                this.applied.push(action);
            }
        }
        const results = actions.map(({uuid}) => ({uuid, status: "done", message: ""}));
        return {user_id: ME, results};
    }

    keep({uuid, position, data}) {
        const received = this.received[uuid] || 0;
        if (position === received) {
            this.received[uuid] = received + atob(data).length;
        }
        return {user_id: ME, received: this.received[uuid]};
    }
}

const DEEDS = [
    () => ({kind: "note", job_id: 1, text: "Valve leaks"}),
    () => ({kind: "punch", punch: "start", work_type: "other"}),
    () => ({kind: "check", job_id: 1, check_id: 21, value: true}),
    () => ({kind: "photo", job_id: 1, name: "big.jpg", blob: BIG}),
    () => ({kind: "photo", job_id: 2, name: "p.jpg", blob: new Blob(["photo"])}),
    () => ({kind: "complete", job_id: 1}),
];

/** A day of one phone: what is done on it, sent, broken off, and opened again. */
async function play(seed) {
    const random = makeRandom(seed);
    const server = new UnsteadyServer(random);
    const done = [];
    let page = await openPage({server});
    for (let step = 0; step < STEPS; step++) {
        const luck = random();
        if (luck < 0.6) {
            const deed = DEEDS[Math.floor(random() * DEEDS.length)]();
            done.push(await page.store.act(deed));
        } else if (luck < 0.85) {
            await page.store.queue.flush();
        } else {
            page.close();
            page = await openPage({server});
        }
    }
    server.isCalm = true;
    for (let time = 0; time < 5 && page.store.outbox.length; time++) {
        await page.store.queue.flush();
    }
    const left = page.store.outbox.length;
    page.close();
    return {server, done, left};
}

const getNumbers = (actions) => actions.map(({uuid}) => uuid);
const isPhoto = ({kind}) => kind === "photo";

test.timeout(60000);
test("whatever the network does, all arrives: each once, in order, photos before completions", async () => {
    for (const seed of SEEDS) {
        await clearPhone();
        const {server, done, left} = await play(seed);
        expect([seed, left]).toEqual([seed, 0]);
        const {applied} = server;
        const arrived = getNumbers(applied);
        expect([...arrived].sort()).toEqual(getNumbers(done).sort());
        for (const isLane of [isPhoto, ({kind}) => kind === "punch"]) {
            expect(getNumbers(applied.filter(isLane))).toEqual(getNumbers(done.filter(isLane)));
        }
        done.forEach((completion, index) => {
            if (completion.kind !== "complete") {
                return;
            }
            const place = arrived.indexOf(completion.uuid);
            for (const other of done.slice(0, index)) {
                if (other.job_id === 1) {
                    expect(arrived.indexOf(other.uuid)).toBeLessThan(place);
                }
            }
            for (const other of done.slice(index + 1)) {
                if (other.job_id === 1 && !isPhoto(other)) {
                    expect(arrived.indexOf(other.uuid)).toBeGreaterThan(place);
                }
            }
        });
    }
});
