import {Component, onWillUnmount, useEffect, useRef, useState} from "@odoo/owl";
import {Icon} from "@sercom_my_day/my_day/icon";
import {_t} from "@web/core/l10n/translation";

const EACH = 200; // milliseconds between two looks at the picture

/**
 * Reads a barcode with the camera, where the browser can: nothing is shown elsewhere.
 *
 * A camera that the technician does not allow leaves a picture to be taken.
 */
export class Scanner extends Component {
    static template = "sercom_my_day_parts.Scanner";
    static components = {Icon};
    static props = {store: Object, onCode: Function};

    setup() {
        this.canScan = "BarcodeDetector" in window;
        this.state = useState({isOpen: false, isPicture: !navigator.mediaDevices?.getUserMedia});
        this.video = useRef("video");
        this.opener = useRef("opener");
        this.dialog = useRef("dialog");
        // The browser keeps the focus in a modal dialog, and closes it on Escape.
        useEffect(
            (dialog) => dialog?.showModal(),
            () => [this.dialog.el]
        );
        useEffect(
            (video) => {
                if (video) {
                    video.srcObject = this.stream;
                    video.play().catch(() => {}); // looked at all the same
                    this.look();
                }
            },
            () => [this.video.el]
        );
        onWillUnmount(() => this.close());
    }

    async open() {
        try {
            this.stream = await navigator.mediaDevices.getUserMedia({
                video: {facingMode: "environment"},
            });
            this.state.isOpen = true;
        } catch {
            this.state.isPicture = true;
            const text = _t("The camera may not be used here. Take a picture of the code.");
            this.props.store.notify(text, true);
        }
    }

    close() {
        clearTimeout(this.timer);
        this.stream?.getTracks().forEach((track) => track.stop());
        this.stream = undefined;
        if (this.state.isOpen) {
            this.state.isOpen = false;
            this.dialog.el?.close();
            this.opener.el?.focus();
        }
    }

    /** Look at the picture until there is a code in it, or somebody closes it. */
    async look() {
        const code = await this.detect(this.video.el).catch(() => ""); // no picture yet
        if (!this.stream) {
            return;
        }
        if (code) {
            this.close();
            this.props.onCode(code);
        } else {
            this.timer = setTimeout(() => this.look(), EACH);
        }
    }

    async detect(image) {
        const codes = await new window.BarcodeDetector().detect(image);
        return codes[0]?.rawValue || "";
    }

    async onPicture(ev) {
        const [file] = ev.target.files;
        ev.target.value = ""; // the same picture may be taken again
        const code = file && (await createImageBitmap(file).then((image) => this.detect(image)));
        if (code) {
            this.props.onCode(code);
        } else if (file) {
            const text = _t("No barcode was found in the picture. Type its number.");
            this.props.store.notify(text, true);
        }
    }
}
