import {Component, onMounted, useExternalListener, useRef, useState} from "@odoo/owl";

const INK = "#000"; // on white, whatever the light: it is printed
const WIDTH = 3;

/**
 * Where the client signs with a finger. `onChange` gets base64 of a picture, or nothing; what was
 * drawn before (`value`) is there again.
 */
export class SignaturePad extends Component {
    static template = "sercom_my_day.SignaturePad";
    static props = {onChange: Function, value: String};

    setup() {
        this.canvas = useRef("canvas");
        this.state = useState({isEmpty: true});
        onMounted(() => this.start());
        // A phone that is turned: what was drawn stays, and lines go on where the finger is.
        useExternalListener(window, "resize", () => this.fit());
    }

    get context() {
        return this.canvas.el.getContext("2d");
    }

    start() {
        this.blank();
        if (this.props.value) {
            const image = new Image();
            image.onload = () => {
                const canvas = this.canvas.el; // gone when the section was left meanwhile
                if (canvas) {
                    // Never stretched: it may have been drawn on the phone turned the other way.
                    const scale = Math.min(
                        0.5,
                        canvas.offsetWidth / image.width,
                        canvas.offsetHeight / image.height
                    );
                    const size = [image.width * scale, image.height * scale];
                    this.context.drawImage(image, 0, 0, ...size);
                }
            };
            image.src = `data:image/png;base64,${this.props.value}`;
            this.state.isEmpty = false;
        }
    }

    fit() {
        const canvas = this.canvas.el;
        if (canvas.width !== canvas.offsetWidth * 2 || canvas.height !== canvas.offsetHeight * 2) {
            this.isDown = false;
            this.start();
        }
    }

    clear() {
        this.blank();
        this.props.onChange(null);
    }

    blank() {
        const canvas = this.canvas.el;
        canvas.width = canvas.offsetWidth * 2;
        canvas.height = canvas.offsetHeight * 2;
        const context = this.context;
        context.scale(2, 2);
        context.fillStyle = "#fff";
        context.fillRect(0, 0, canvas.width, canvas.height);
        Object.assign(context, {strokeStyle: INK, lineWidth: WIDTH, lineCap: "round"});
        this.state.isEmpty = true;
    }

    onDown(ev) {
        ev.preventDefault();
        this.canvas.el.setPointerCapture?.(ev.pointerId);
        this.isDown = true;
        this.context.beginPath();
        this.context.moveTo(ev.offsetX, ev.offsetY);
    }

    onMove(ev) {
        if (this.isDown) {
            this.context.lineTo(ev.offsetX, ev.offsetY);
            this.context.stroke();
            this.state.isEmpty = false;
        }
    }

    onUp() {
        if (this.isDown && !this.state.isEmpty) {
            this.props.onChange(this.canvas.el.toDataURL("image/png").split(",")[1]);
        }
        this.isDown = false;
    }
}
