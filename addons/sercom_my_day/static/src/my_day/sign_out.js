import {_t} from "@web/core/l10n/translation";

import {endSession, SignedOutError} from "./server";
import {forgetPage, openLogin} from "./session";

/**
 * End the session, once what waits is sent; what cannot be sent stays, encrypted.
 *
 * Nothing else of the user stays on the phone.
 */
export async function signOut(store) {
    await store.queue.sendAll();
    const isSure = await store.ask({
        title: _t("Sign out?"),
        text: store.outbox.length
            ? _t(
                  "What is not sent yet (%s) stays on this phone, locked. It is sent when you " +
                      "sign in here again; nobody else can read it.",
                  store.outbox.length
              )
            : _t("Everything is sent. Your visits and clients leave this phone."),
        yes: _t("Sign out"),
        no: _t("Stay signed in"),
    });
    if (!isSure) {
        return;
    }
    try {
        await store.push.stop();
        await endSession();
    } catch (error) {
        if (!(error instanceof SignedOutError)) {
            store.notify(_t("You are not signed out: there is no network. Try again."), true);
            return;
        }
    }
    store.close("signed_out");
    await store.storage.dropData();
    await forgetPage();
    openLogin();
}
