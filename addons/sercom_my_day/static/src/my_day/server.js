import {session} from "@web/session";

/** Calls to the server, with errors told apart by what can be done about them. */

export class NoNetworkError extends Error {}
export class SignedOutError extends Error {}
export class TooBigError extends Error {}
export class RefusedError extends Error {}

const TIMEOUT = 45000; // milliseconds

/**
 * Call a method of `sercom.my.day`.
 *
 * @throws {NoNetworkError} when the server was not reached, or not in time
 * @throws {TooBigError} when a proxy before the server takes no request of that size
 * @throws {SignedOutError} when the session is over
 * @throws {RefusedError} when the server answers with an error
 */
export function callServer(method, kwargs = {}, {timeout = TIMEOUT} = {}) {
    const params = {
        model: "sercom.my.day",
        method,
        args: [],
        kwargs: {...kwargs, context: session.my_day?.context},
    };
    return post(`/web/dataset/call_kw/sercom.my.day/${method}`, params, timeout);
}

/** Sign out; it throws as `callServer` does. */
export function endSession() {
    return post("/web/session/destroy", {});
}

async function post(url, params, timeout = TIMEOUT) {
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), timeout);
    let answer;
    try {
        const response = await fetch(url, {
            method: "POST",
            headers: {"Content-Type": "application/json"},
            body: JSON.stringify({jsonrpc: "2.0", method: "call", params}),
            signal: abort.signal,
        });
        if (response.status === 413) {
            throw new TooBigError(response.statusText);
        }
        if (response.status >= 500 || response.status === 429) {
            throw new NoNetworkError(response.statusText);
        }
        answer = await response.json();
    } catch (error) {
        const isTold = error instanceof NoNetworkError || error instanceof TooBigError;
        throw isTold ? error : new NoNetworkError(error.message);
    } finally {
        clearTimeout(timer);
    }
    if (answer.error) {
        const {code, data, message} = answer.error;
        if (code === 100 || data?.name?.endsWith("SessionExpiredException")) {
            throw new SignedOutError(message);
        }
        throw new RefusedError(data?.message || message);
    }
    return answer.result;
}
