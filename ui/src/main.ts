/**
 * The pages of Chouka. Begin here: this file loads the words of the reader's language and draws App.svelte.
 *
 *   routes.ts     which address shows which page: the table of contents
 *   lib/          asking the server (client), staying fresh (resource, events), keys (keymap), words (i18n), addresses (router)
 *   kit/          the parts that pages are made of, with tokens.css for every size and colour
 *   shell/        rail, top bar, palette and help around every page
 *   <noun>/       one folder per noun: titles, scripts, shots, attempts, review, locations, releases, people, home
 *   i18n/         one catalog per noun and language; scripts/i18n-check.mjs fails on a missing or unused key
 */
import { mount } from 'svelte';
import App from './App.svelte';
import './kit/tokens.css';
import './kit/base.css';
import { startLanguage } from './lib/i18n.svelte';

const target = document.getElementById('app');
if (target) void startLanguage().then(() => mount(App, { target }));
