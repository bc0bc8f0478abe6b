/** Which address shows which page. Filters, sort and view are no part of the path: they live in the query. */
import { page, type Route } from './lib/match';

export const routes: Route[] = [
  page('/', 'nav.home', () => import('./home/Home.svelte')),
  page('/draw', 'nav.draw', () => import('./attempts/Draw.svelte')),
  page('/titles/:t/review', 'nav.review', () => import('./review/Review.svelte')),

  page('/titles', 'nav.titles', () => import('./titles/Titles.svelte')),
  page('/titles/:t', 'nav.titles', () => import('./titles/TitlePage.svelte')),
  page('/titles/:t/notes', 'notes.title', () => import('./notes/NoteList.svelte')),
  page('/titles/:t/members', 'titles.members.title', () => import('./titles/Members.svelte')),
  page('/titles/:t/script', 'scripts.title', () => import('./scripts/ScriptPage.svelte')),
  page('/titles/:t/script/compare', 'drafts.compare', () => import('./scripts/ComparePage.svelte')),
  page('/titles/:t/e/:ep', 'scripts.title', () => import('./scripts/EpisodePage.svelte')),
  page('/titles/:t/breakdown', 'breakdown.title', () => import('./breakdown/Breakdown.svelte')),
  page('/titles/:t/references', 'references.title', () => import('./references/References.svelte')),
  page('/titles/:t/references/:r', 'references.one', () => import('./references/Sheet.svelte')),
  page('/titles/:t/shots', 'nav.shots', () => import('./shots/Shots.svelte')),
  page('/titles/:t/tables', 'tables.title', () => import('./tables/TablesPage.svelte')),
  page('/titles/:t/e/:ep/board', 'board.title', () => import('./board/BoardPage.svelte')),
  page('/titles/:t/shots/:s', 'shots.one', () => import('./shots/ShotPage.svelte')),
  page('/titles/:t/play', 'play.title', () => import('./play/Play.svelte')),
  page('/titles/:t/funnel', 'funnel.title', () => import('./funnel/Funnel.svelte')),

  page('/locations', 'nav.locations', () => import('./locations/Locations.svelte')),
  page('/locations/:l', 'nav.locations', () => import('./locations/Place.svelte')),
  page('/schedule', 'locations.schedule', () => import('./locations/Schedule.svelte')),
  page('/titles/:t/places', 'nav.locations', () => import('./locations/TitlePlaces.svelte')),
  page('/titles/:t/days', 'days.title', () => import('./days/DaysPage.svelte')),
  page('/callsheets/:id', 'callsheets.title', () => import('./callsheets/CallSheetPage.svelte')),
  page('/callsheets/:id/mine', 'callsheets.my', () => import('./callsheets/MinePage.svelte')),
  page('/call/:secret', 'callsheets.title', () => import('./callsheets/SecretPage.svelte'), true),
  page('/releases', 'nav.releases', () => import('./releases/Releases.svelte')),
  page('/titles/:t/releases', 'nav.releases', () => import('./releases/TitleReleases.svelte')),

  page('/setup', 'people.setup.title', () => import('./people/Setup.svelte'), true),
  page('/sign-in', 'people.signIn.title', () => import('./people/SignIn.svelte'), true),
  page('/join', 'people.join.title', () => import('./people/Join.svelte'), true),
  page('/people', 'nav.people', () => import('./people/People.svelte')),
  page('/settings', 'nav.settings', () => import('./people/Settings.svelte')),
  page('/settings/keys', 'keys.title', () => import('./keys/KeysPage.svelte')),
  page('/activity', 'nav.activity', () => import('./people/Activity.svelte')),
];
