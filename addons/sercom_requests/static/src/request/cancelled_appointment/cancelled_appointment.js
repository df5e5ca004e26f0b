import {AttendeeCalendarCommonRenderer} from "@calendar/views/attendee_calendar/common/attendee_calendar_common_renderer";
import {patch} from "@web/core/utils/patch";

/** A cancelled appointment is crossed out in everybody's calendar. */
patch(AttendeeCalendarCommonRenderer.prototype, {
    eventClassNames({event}) {
        const names = super.eventClassNames(...arguments);
        const record = this.props.model.records[event.id];
        if (record?.rawRecord.appointment_state === "cancelled") {
            names.push("o_sercom_cancelled");
        }
        return names;
    },
});
