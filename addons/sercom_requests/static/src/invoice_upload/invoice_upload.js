import {AccountMoveKanbanController} from "@account/views/account_move_kanban/account_move_kanban_controller";
import {AccountMoveListController} from "@account/views/account_move_list/account_move_list_controller";
import {patch} from "@web/core/utils/patch";

/** Who may not make an invoice is not offered to upload one: Odoo offers it, and then refuses. */
const getPatch = () => ({
    setup() {
        super.setup();
        this.showUploadButton &&= this.props.archInfo.activeActions.create;
    },
});

// A patch calls what it patches: each class has its own.
patch(AccountMoveListController.prototype, getPatch());
patch(AccountMoveKanbanController.prototype, getPatch());
