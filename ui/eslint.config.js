import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

const noFetch = {
  selector:
    "CallExpression[callee.name='fetch'], CallExpression[callee.object.name='window'][callee.property.name='fetch']",
  message: 'Ask the server through lib/client.ts only.',
};
const noStyle = {
  selector: "SvelteAttribute[key.name='style'] SvelteLiteral",
  message: 'A literal style attribute breaks the content policy; use a class or style:name={value}.',
};
const noConfirm = {
  selector: 'CallExpression[callee.name=/^(alert|confirm|prompt)$/]',
  message: 'Use kit/Dialog, an undo toast or kit/ConfirmByName.',
};

export default ts.config(
  { ignores: ['dist/**', 'node_modules/**', 'src/lib/api.gen.ts'] },
  ...ts.configs.recommended,
  ...svelte.configs.recommended,
  {
    files: ['scripts/**/*.mjs', '*.js', '*.ts', 'e2e/**'],
    languageOptions: { globals: globals.node },
  },
  {
    files: ['src/**/*.ts', 'src/**/*.svelte'],
    languageOptions: {
      globals: globals.browser,
      parserOptions: { projectService: true, extraFileExtensions: ['.svelte'], parser: ts.parser, svelteConfig },
    },
    rules: {
      'no-restricted-syntax': ['error', noStyle, noFetch, noConfirm],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'svelte/no-at-html-tags': 'error',
      'svelte/no-navigation-without-resolve': 'off',
      'svelte/require-each-key': 'error',
      'svelte/prefer-svelte-reactivity': 'off',
    },
  },
  { files: ['src/**/*.svelte.ts', 'src/**/*.svelte'], rules: { 'prefer-const': 'off' } },
  { files: ['src/lib/client.ts'], rules: { 'no-restricted-syntax': ['error', noStyle, noConfirm] } },
);
