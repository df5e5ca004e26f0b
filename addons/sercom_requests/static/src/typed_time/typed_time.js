import {datetimePickerService} from "@web/core/datetime/datetimepicker_service";
import {formatDateTime, parseDate} from "@web/core/l10n/dates";
import {parseTime} from "@web/core/l10n/time";
import {patch} from "@web/core/utils/patch";

const {DateTime} = luxon;

// A time without seconds behind a date or alone: 9:30, 09:30, 9h30, 9h, 1:00 PM, 1 p.m.
const TYPED = /^(?:(\S+)\s+)?(\d{1,2}(?:\s*[:h]\s*\d{0,2}(?:\s*[ap]\.?m\.?)?|\s*[ap]\.?m\.?))$/i;
const VALUE = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value");

/**
 * Complete a time that was typed without seconds. Odoo's parser wants them: without, it forgets
 * AM and PM, and takes a time alone for a day and a month.
 *
 * @param {String} text as typed
 * @param {Object|Boolean} current moment that the field had, whose day a time alone is of
 * @param {{tz: String, format: String}} options as the parser's
 * @returns {String} what Odoo reads as it was meant; the text itself when it is anything else
 */
export function completeTime(text, current, options = {}) {
    const [, day, typed] = text.trim().match(TYPED) || [];
    const time = typed && parseTime(typed.replaceAll(".", ""));
    if (!time) {
        return text;
    }
    const zone = options.tz || "default";
    let date = (current || DateTime.local()).setZone(zone);
    if (day) {
        try {
            const {year, month, day: number} = parseDate(day);
            date = date.set({year, month, day: number});
        } catch (error) {
            if (error.name === "ConversionError") {
                return text;
            }
            throw error;
        }
    }
    return formatDateTime(date.set({...time.toObject(), millisecond: 0}), options);
}

/** Let the picker read an input with its time complete; what it shows stays as typed. */
function readComplete(input, complete) {
    Object.defineProperty(input, "value", {
        configurable: true,
        get() {
            return complete(this, VALUE.get.call(this));
        },
        set(text) {
            VALUE.set.call(this, text);
        },
    });
}

patch(datetimePickerService, {
    start() {
        const service = super.start(...arguments);
        const create = service.create;
        service.create = (params = {}) => {
            const getInputs = params.getInputs;
            if (!getInputs) {
                return create(params);
            }
            const known = new WeakSet();
            let picker = null;
            let isReading = false;
            const complete = (input, text) => {
                if (!isReading || picker?.state.type !== "datetime") {
                    return text;
                }
                const {value, tz} = picker.state;
                const values = [value].flat();
                const current = values[getInputs().indexOf(input)] || values[0];
                return completeTime(text, current, {tz, format: params.format});
            };
            // The picker asks for its inputs each time before it reads them, at once.
            const getReadInputs = () => {
                const inputs = getInputs();
                for (const input of inputs) {
                    if (input instanceof HTMLInputElement && !known.has(input)) {
                        known.add(input);
                        readComplete(input, complete);
                    }
                }
                isReading = true;
                queueMicrotask(() => (isReading = false));
                return inputs;
            };
            picker = create(Object.create(params, {getInputs: {value: getReadInputs}}));
            return picker;
        };
        return service;
    },
});
