import {_t} from "@web/core/l10n/translation";

// Milliseconds that a notice stays.
const NOTICE_TIME = 8000;
const BAD_NOTICE_TIME = 30000;

/** What the page says to the technician, and asks. */
export class Dialogs {
    notices = [];
    question = null;

    /** Show a message for a while, once; one that is bad for longer. */
    notify(text, isBad = false) {
        this.notices = this.notices.filter((shown) => shown.text !== text);
        const notice = {id: crypto.randomUUID(), text, isBad};
        this.notices.push(notice);
        setTimeout(() => this.dropNotice(notice.id), isBad ? BAD_NOTICE_TIME : NOTICE_TIME);
    }

    /** The phone keeps nothing more: said once, as what is done reaches the office all the same. */
    notifyFull() {
        if (this.isFull) {
            return;
        }
        this.isFull = true;
        const text = _t(
            "This phone is full. What you do goes to the office at once, but it is lost if you " +
                "close this page before: free some space."
        );
        this.notify(text, true);
    }

    dropNotice(id) {
        this.notices = this.notices.filter((notice) => notice.id !== id);
    }

    /**
     * Ask a question over the whole screen.
     *
     * @param {Object} question `title`, `text`, `yes`, `no`; `leave` where no does something too;
     *     or a `component` of its own, which gets `store` and `question`, and calls
     *     `question.answer`
     * @returns {Promise} true for yes; `undefined` when it was left without an answer
     */
    ask(question) {
        return new Promise((resolve) => {
            this.question = {
                ...question,
                id: crypto.randomUUID(),
                answer: (isYes) => {
                    this.question = null;
                    resolve(isYes);
                },
            };
        });
    }

    dropDialogs() {
        this.notices = [];
        this.leaveQuestion();
    }

    /** Close the question as who wants none of it. */
    leaveQuestion() {
        this.question?.answer(this.question.leave ? undefined : false);
    }
}
