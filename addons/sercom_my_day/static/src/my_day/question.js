import {
    Component,
    onMounted,
    onWillUnmount,
    useExternalListener,
    useRef,
    useState,
} from "@odoo/owl";

/** A question over the whole screen: named, left by Escape, and the focus goes back after it. */
export class Question extends Component {
    static template = "sercom_my_day.Question";
    static props = {store: Object};

    setup() {
        this.store = useState(this.props.store);
        this.box = useRef("box");
        const before = document.activeElement;
        useExternalListener(window, "keydown", (ev) => {
            if (ev.key === "Escape") {
                ev.preventDefault();
                this.store.leaveQuestion();
            }
        });
        onMounted(() => this.box.el.focus());
        onWillUnmount(() => before?.isConnected && before.focus());
    }
}
