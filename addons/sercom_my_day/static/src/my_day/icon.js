import {Component, xml} from "@odoo/owl";

/** Drawn here, so that no font has to be loaded. Paths are for a box of 24 by 24. */
const PATHS = {
    back: "M15 4 7 12l8 8",
    forward: "M9 4l8 8-8 8",
    clock: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5l3.5 2",
    call: "M6 3h4l2 5-3 2a11 11 0 0 0 5 5l2-3 5 2v4a2 2 0 0 1-2 2A16 16 0 0 1 4 5a2 2 0 0 1 2-2z",
    map: "M12 21s7-6.5 7-11.5a7 7 0 0 0-14 0C5 14.5 12 21 12 21zM12 12a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z",
    car: "M4 16v-4l2-6h12l2 6v4zM4 12h16M7 16v3M17 16v3",
    pause: "M8 5v14M16 5v14",
    play: "M7 4l13 8-13 8z",
    stop: "M6 6h12v12H6z",
    other: "M5 12h.01M12 12h.01M19 12h.01",
    check: "M4 12l6 6L20 6",
    camera: "M4 8h4l2-3h4l2 3h4v11H4zM12 16.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7z",
    photos: "M7 7V4h13v12h-3M4 7h13v13H4zM4 17l4-4 3 3 2-2 4 4",
    note: "M5 4h14v16H5zM8 9h8M8 13h8M8 17h5",
    key: "M14 10a4 4 0 1 1-3-3.9A4 4 0 0 1 14 10zm-1 2 7 7m-3-3 2-2",
    job: "M4 8h16v11H4zM9 8V5h6v3M4 13h16",
    sign: "M4 19h16M6 15l9-9 3 3-9 9-4 1z",
    alert: "M12 4 2.5 20h19zM12 10v5M12 17.5v.5",
    people: "M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 20a6.5 6.5 0 0 1 13 0M16 4.5a3.5 3.5 0 0 1 0 6.5M17.5 14a6.5 6.5 0 0 1 4 6",
    leave: "M14 4H5v16h9M10 12h11m-4-4 4 4-4 4",
    cross: "M6 6l12 12M18 6 6 18",
    refresh: "M19 8a8 8 0 1 0 1 6M20 3v5h-5",
};

export class Icon extends Component {
    static props = {name: String};
    static template = xml`
        <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
            <path t-att-d="path"/>
        </svg>`;

    get path() {
        return PATHS[this.props.name];
    }
}
