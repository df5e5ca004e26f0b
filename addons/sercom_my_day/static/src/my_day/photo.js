import {_t} from "@web/core/l10n/translation";

const LONGEST_SIDE = 1920;
const QUALITY = 0.82;

/** What a file is that cannot be taken as a photo; empty for what may be one. */
export function getForeignKind({name, type}) {
    if (type.startsWith("video/") || /\.(mp4|mov|m4v|3gp|avi|webm|mkv)$/i.test(name)) {
        return "video";
    }
    return /^image\/hei[cf]/.test(type) || /\.hei[cf]$/i.test(name) ? "heic" : "";
}

/** Whether the browser reads HEIC, as iPhones take it; Apple's browsers do. */
export async function canReadHeic() {
    const {ImageDecoder} = globalThis;
    const isApple = /Apple/.test(navigator.vendor);
    return isApple || Boolean(await ImageDecoder?.isTypeSupported("image/heic"));
}

/**
 * A photo of the camera, scaled down to what Odoo keeps; HEIC too where the browser reads it.
 *
 * @param {File} file
 * @returns {Promise<Blob>} a JPEG
 * @throws {Error} with words for the technician, when the file is no photo
 */
export async function scaleDown(file) {
    const kind = getForeignKind(file);
    if (kind === "video") {
        throw new Error(_t("%s is a video. Take photos of what it shows.", file.name));
    }
    let image;
    try {
        image = await createImageBitmap(file, {imageOrientation: "from-image"});
    } catch {
        throw new Error(
            kind === "heic"
                ? _t(
                      "%s is a HEIC photo, which this browser cannot read. Set the camera to “Most " +
                          "compatible” (JPEG), or take the photo from here.",
                      file.name
                  )
                : _t("%s is not a photo that this phone can read.", file.name)
        );
    }
    const scale = Math.min(1, LONGEST_SIDE / Math.max(image.width, image.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(image.width * scale));
    canvas.height = Math.max(1, Math.round(image.height * scale));
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    image.close();
    const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", QUALITY));
    canvas.width = canvas.height = 0; // phones run out of memory otherwise
    if (!blob) {
        throw new Error(_t("%s could not be made smaller. Take it again.", file.name));
    }
    return blob;
}

/** Base64 of a blob, as the server takes it. */
export function toBase64(blob) {
    return new Promise((resolve, reject) => {
        const reader = new FileReader();
        reader.onload = () => resolve(reader.result.slice(reader.result.indexOf(",") + 1));
        reader.onerror = () => reject(reader.error);
        reader.readAsDataURL(blob);
    });
}
