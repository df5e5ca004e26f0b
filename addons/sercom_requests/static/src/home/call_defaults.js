const PHONE = /\+?\(?\d[\d\s().-]{5,}\d(?!\w)/;
const MIN_PHONE_DIGITS = 7;

/** Which fields of a new call a typed text belongs to, so that it is not typed again. */
export function getCallDefaults(text) {
    const typed = text.trim();
    const [phone] = typed.match(PHONE) || [];
    if (!phone || phone.replace(/\D/g, "").length < MIN_PHONE_DIGITS) {
        return getTextDefaults(typed);
    }
    const rest = typed.replace(phone, " ").replace(/\s+/g, " ").trim();
    return {...getTextDefaults(rest.replace(/^[\s,;:·-]+|[\s,;:·-]+$/g, "")), default_phone: phone};
}

function getTextDefaults(typed) {
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
