import {onWillDestroy} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";

/** What gives the address of a photo; those on the phone only get one for as long as needed. */
export function usePhotoUrls() {
    const urls = new Map();
    onWillDestroy(() => urls.forEach((url) => URL.revokeObjectURL(url)));
    return ({blob, url}) => {
        if (!blob) {
            return url;
        }
        if (!urls.has(blob)) {
            urls.set(blob, URL.createObjectURL(blob));
        }
        return urls.get(blob);
    };
}

/** What a photo shows, in words: its caption, or when it was taken. */
export function getPhotoAlt({caption, when}) {
    return (
        caption ||
        {
            before: _t("Photo before the work"),
            during: _t("Photo during the work"),
            after: _t("Photo after the work"),
        }[when] ||
        _t("Photo")
    );
}
