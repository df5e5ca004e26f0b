import {Component} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

/** Clients who may be the one who calls: a click takes them. */
export class DuplicatesField extends Component {
    static template = "sercom_requests.Duplicates";
    static props = {...standardFieldProps};

    get found() {
        return this.props.record.data[this.props.name] || [];
    }

    join(...texts) {
        return texts.filter(Boolean).join(" · ");
    }

    choose(client) {
        this.props.record.update({partner_id: {id: client.id, display_name: client.name}});
    }
}

registry.category("fields").add("sercom_duplicates", {
    component: DuplicatesField,
    supportedTypes: ["json"],
});
