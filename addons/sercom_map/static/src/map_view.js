import {MapController} from "./map_controller";
import {registry} from "@web/core/registry";

/** Names of the fields that a marker tells; the first one is its title. */
function readFieldNames(arch) {
    return [...arch.querySelectorAll("field")].map((node) => node.getAttribute("name"));
}

export const mapView = {
    type: "sercom_map",
    Controller: MapController,
    searchMenuTypes: ["filter", "favorite"],
    props: (genericProps) => ({
        ...genericProps,
        fieldNames: readFieldNames(genericProps.arch),
    }),
};

registry.category("views").add("sercom_map", mapView);
