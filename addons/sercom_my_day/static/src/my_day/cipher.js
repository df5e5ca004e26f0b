/**
 * Encrypts what the phone keeps.
 *
 * The key comes with the page of its owner, who must be signed in to get it: once that page is
 * off the phone, nobody else reads what stays there.
 */

const ALGORITHM = "AES-GCM";
const IV_LENGTH = 12; // bytes, as the standard recommends

export class Cipher {
    /**
     * @param {string} secret of the user, 64 hexadecimal digits
     */
    constructor(secret) {
        const bytes = Uint8Array.from(secret.match(/../g), (pair) => parseInt(pair, 16));
        this.key = crypto.subtle.importKey("raw", bytes, ALGORITHM, false, ["encrypt", "decrypt"]);
    }

    /** What only the owner can read again: `{iv, data}`. */
    async encrypt(bytes) {
        const iv = crypto.getRandomValues(new Uint8Array(IV_LENGTH));
        const data = await crypto.subtle.encrypt({name: ALGORITHM, iv}, await this.key, bytes);
        return {iv, data};
    }

    /** @throws {Error} when it was encrypted by somebody else */
    async decrypt({iv, data}) {
        return crypto.subtle.decrypt({name: ALGORITHM, iv}, await this.key, data);
    }

    async encryptValue(value) {
        const text = JSON.stringify(value, (_name, item) =>
            item instanceof Blob ? undefined : item
        );
        return this.encrypt(new TextEncoder().encode(text));
    }

    async decryptValue(encrypted) {
        return JSON.parse(new TextDecoder().decode(await this.decrypt(encrypted)));
    }
}
