import {ActivityMenu} from "@hr_attendance/components/attendance_menu/attendance_menu";
import {isIosApp} from "@web/core/browser/feature_detection";
import {patch} from "@web/core/utils/patch";
import {rpc} from "@web/core/network/rpc";

const PATIENCE = 8000; // milliseconds, for a position

/** Where the phone is; nothing when it cannot tell in time. */
function getPosition() {
    if (isIosApp() || !navigator.geolocation) {
        return {}; // as Odoo: the app may not ask
    }
    return new Promise((resolve) => {
        navigator.geolocation.getCurrentPosition(
            ({coords: {latitude, longitude}}) => resolve({latitude, longitude}),
            () => resolve({}),
            {enableHighAccuracy: true, timeout: PATIENCE}
        );
    });
}

patch(ActivityMenu.prototype, {
    /** OVERRIDE hr_attendance: it waits for a position without end, and clocks nobody meanwhile. */
    async signInOut() {
        this.dropdown.close();
        const place = this.employee?.device_tracking_enabled ? await getPosition() : {};
        this.employee = await rpc("/hr_attendance/systray_check_in_out", place);
        this._searchReadEmployeeFill();
    },
});
