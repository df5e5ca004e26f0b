const NOTICE_TIME = 8000; // milliseconds that a notice stays

/** What the page says to the technician, and asks. */
export class Dialogs {
    notices = [];
    question = null;

    /** Show a message for a while; one that is bad stays until it is read. */
    notify(text, isBad = false) {
        const notice = {id: crypto.randomUUID(), text, isBad};
        this.notices.push(notice);
        if (!isBad) {
            setTimeout(() => this.dropNotice(notice.id), NOTICE_TIME);
        }
    }

    dropNotice(id) {
        this.notices = this.notices.filter((notice) => notice.id !== id);
    }

    /** Ask a question over the whole screen; true for yes. */
    ask(question) {
        return new Promise((resolve) => {
            this.question = {
                ...question,
                answer: (isYes) => {
                    this.question = null;
                    resolve(isYes);
                },
            };
        });
    }

    dropDialogs() {
        this.notices = [];
        this.question?.answer(false);
    }
}
