"""Scripts that tests run in a page of the browser."""

SCRIPT = """
(async () => {
    const until = async (check) => {
        for (let tries = 0; tries < %(tries)s; tries++) {
            const found = check();
            if (found) {
                return found;
            }
            await new Promise((done) => setTimeout(done, 100));
        }
    };
    const find = async (selector, isThere = (element) => element.offsetWidth) => {
        const found = await until(() => {
            const element = document.querySelector(selector);
            return element && isThere(element) && element;
        });
        if (!found) {
            throw new Error(`There is no ${selector}`);
        }
        return found;
    };
    %(steps)s
})().then(
    () => console.log("test successful"),
    (error) => console.error(error.message)
);
"""


def make_script(steps, seconds=20):
    """Script of ``steps``, for ``browser_js``: what they throw is the failure.

    They have ``until(check)``, which waits for a condition and answers what it found, if it did;
    and ``find(selector, isThere)``, which answers an element once it is there: by default, once it
    has a place on the screen.
    """
    return SCRIPT % {"steps": steps, "tries": seconds * 10}
