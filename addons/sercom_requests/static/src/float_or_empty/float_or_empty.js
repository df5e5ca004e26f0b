import {FloatField, floatField} from "@web/views/fields/float/float_field";
import {registry} from "@web/core/registry";

/** A number where 0 means that there is none: nothing is shown, and nothing typed is 0. */
export class FloatOrEmptyField extends FloatField {
    get formattedValue() {
        return this.value ? super.formattedValue : "";
    }

    parse(value) {
        return String(value).trim() ? super.parse(value) : 0;
    }
}

registry.category("fields").add("sercom_float_or_empty", {
    ...floatField,
    component: FloatOrEmptyField,
});
