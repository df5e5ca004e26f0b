// ESLint's rules for the JavaScript of the add-ons: its recommended ones, and those of Odoo's web client.
import js from "@eslint/js";
import globals from "globals";

export default [
    js.configs.recommended,
    {
        files: ["**/static/**/*.js"],
        languageOptions: {
            ecmaVersion: 2023,
            sourceType: "module",
            globals: {...globals.browser, luxon: "readonly", odoo: "readonly", owl: "readonly"},
        },
        linterOptions: {reportUnusedDisableDirectives: "error"},
        rules: {
            "consistent-return": "error",
            curly: "error",
            eqeqeq: ["error", "always"],
            "no-console": "error",
            "no-debugger": "error",
            "no-eval": "error",
            "no-restricted-globals": ["error", "event", "self"],
            "no-shadow": "error",
            "no-unused-vars": ["error", {args: "none"}],
            "no-var": "error",
            "object-shorthand": "error",
            "prefer-const": "error",
        },
    },
    {
        // A tour tells its steps to the one who runs it.
        files: ["**/static/tests/**/*.js"],
        rules: {"no-console": "off"},
    },
];
