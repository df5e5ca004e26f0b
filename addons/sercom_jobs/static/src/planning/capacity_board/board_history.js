/** The last changes, and how to take each back. */
const LIMIT = 50;

export class BoardHistory {
    constructor() {
        this.entries = [];
    }

    /**
     * @param {string} label what was done, in the user's words
     * @param {() => Promise<void>} undo
     */
    push(label, undo) {
        this.entries.push({label, undo});
        this.entries.splice(0, this.entries.length - LIMIT);
    }

    get last() {
        return this.entries.at(-1);
    }

    /** Take the last change back. One that cannot be is forgotten: it would fail again. */
    async undo() {
        const entry = this.entries.pop();
        if (entry) {
            await entry.undo();
        }
        return entry;
    }
}
