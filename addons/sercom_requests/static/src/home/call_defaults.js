/** Which field of a new call a typed text belongs to, so that it is not typed again. */
export function getCallDefaults(text) {
    const typed = text.trim();
    if (!typed) {
        return {};
    }
    if (typed.includes("@")) {
        return {default_email: typed};
    }
    if (/^[+\d\s().-]+$/.test(typed)) {
        return {default_phone: typed};
    }
    return /^\d/.test(typed) ? {default_street: typed} : {default_contact_name: typed};
}
