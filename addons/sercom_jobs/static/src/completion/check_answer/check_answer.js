import {Component} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {getDataURLFromFile} from "@web/core/utils/urls";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";

/** The answer of a checklist item, whatever its kind: one place to tap, in lists and on cards. */
export class CheckAnswer extends Component {
    static template = "sercom_jobs.CheckAnswer";
    static props = {...standardWidgetProps};

    get data() {
        return this.props.record.data;
    }

    get choices() {
        return this.props.record.fields.value_choice.selection;
    }

    update(name, value) {
        return this.props.record.update({[name]: value});
    }

    toggle() {
        return this.update("value_check", !this.data.value_check);
    }

    choose(choice) {
        return this.update("value_choice", this.data.value_choice === choice ? false : choice);
    }

    async addPhotos(ev) {
        const {record} = this.props;
        const {root} = record.model;
        // Saving draws the list anew: the service must outlive this component.
        const {orm} = this.env.services;
        const values = {name: this.data.name, check_id: record.resId, moment: "during"};
        const files = [...ev.target.files];
        ev.target.value = "";
        // What is typed elsewhere on the form is not lost when it is read again.
        if (!files.length || !(await root.save())) {
            return;
        }
        const images = await Promise.all(files.map(getDataURLFromFile));
        await orm.create(
            "sercom.photo",
            images.map((image) => ({...values, image_1920: image.split(",")[1]}))
        );
        await root.load();
    }
}

registry.category("view_widgets").add("sercom_check_answer", {component: CheckAnswer});
