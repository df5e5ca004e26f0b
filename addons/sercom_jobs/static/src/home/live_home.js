import {onWillDestroy} from "@odoo/owl";
import {useService} from "@web/core/utils/hooks";
import {patch} from "@web/core/utils/patch";
import {useDebounced} from "@web/core/utils/timing";
import {SercomHome} from "@sercom_requests/home/home";

const QUIET = 1000;

/** Jobs and visits that change, by whomever, are counted anew at once: as the board hears of them. */
patch(SercomHome.prototype, {
    setup() {
        super.setup();
        const bus = useService("bus_service");
        const reload = useDebounced(
            () => document.visibilityState === "visible" && this.load(),
            QUIET
        );
        bus.subscribe("sercom_board", reload);
        bus.start();
        onWillDestroy(() => bus.unsubscribe("sercom_board", reload));
    },
});
