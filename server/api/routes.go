package api

import (
	"net/http"
	"slices"

	"chouka/server/studio"
)

const (
	get    = http.MethodGet
	post   = http.MethodPost
	patch  = http.MethodPatch
	remove = http.MethodDelete

	scriptLimit = 16 << 20
	tableLimit  = 4 << 20
	figureLimit = 16 << 20

	evidenceLimit = 16 << 20
	photoLimit    = 64 << 20
	posterLimit   = 4 << 20
)

// routes is the whole API on one screen. anyone needs no session, person needs
// one, change needs the revision too; media answers with a file. Rights are the studio's.
func (a *API) routes() []route {
	return slices.Concat(a.peopleRoutes(), a.titleRoutes(), a.shotRoutes(), a.reviewRoutes(), a.scriptRoutes(), a.placeRoutes(), a.shootRoutes(), a.releaseRoutes(), a.figureRoutes())
}

func (a *API) peopleRoutes() []route {
	return []route{
		anyone(get, "/setup", "setup-needed", 200, a.setupNeeded),
		anyone(post, "/setup", "setup", 200, a.setup),
		anyone(post, "/session", "sign-in", 200, a.signIn),
		anyone(post, "/join/look", "look-invite", 200, a.lookInvite),
		anyone(post, "/join", "join", 200, a.join),
		person(get, "/session", "me", 200, a.me),
		person(remove, "/session", "sign-out", 204, a.signOut),
		person(get, "/sessions", "sessions", 200, a.sessions),
		person(remove, "/sessions/{session}", "end-session", 204, a.endSession),
		person(post, "/password", "change-password", 204, a.changePassword),

		person(get, "/people", "people", 200, a.people),
		change(patch, "/people/{person}", "edit-person", 200, a.editPerson),
		person(get, "/invites", "invites", 200, a.invites),
		person(post, "/invites", "create-invite", 201, a.createInvite),
		change(remove, "/invites/{invite}", "revoke-invite", 204, a.revokeInvite),
		person(get, "/titles/{title}/members", "members", 200, a.members),
		person(post, "/titles/{title}/members", "set-member", 200, a.setMember),
		change(remove, "/titles/{title}/members/{person}", "remove-member", 204, a.removeMember),

		person(get, "/studio", "studio", 200, a.settings),
		change(patch, "/studio", "edit-studio", 200, a.editSettings),
		person(post, "/demo", "load-demo", 200, a.loadDemo),
		person(get, "/home", "home", 200, a.home),
		person(get, "/activity", "activity", 200, a.activity),
		person(get, "/events", "events", 200, a.events).streams(),
		person(get, "/work", "work", 200, a.work),
		person(get, "/work/troubles", "work-troubles", 200, a.troubles),
		person(post, "/work/retry", "retry-work", 204, a.retryWork),

		person(get, "/tokens", "tokens", 200, a.tokens),
		person(post, "/tokens", "create-token", 201, a.createToken),
		change(remove, "/tokens/{token}", "revoke-token", 204, a.revokeToken),
	}
}

func (a *API) titleRoutes() []route {
	return []route{
		person(get, "/titles", "titles", 200, a.titles),
		person(post, "/titles", "create-title", 201, a.createTitle),
		person(get, "/titles/{title}", "title", 200, a.title),
		change(patch, "/titles/{title}", "edit-title", 200, a.editTitle),
		person(get, "/titles/{title}/outline", "outline", 200, a.outline),
		person(post, "/titles/{title}/episodes", "add-episode", 201, a.addEpisode),
		person(post, "/episodes/{episode}/scenes", "add-scene", 201, a.addScene),
		person(get, "/scenes/{scene}", "scene", 200, a.scene),

		person(post, "/titles/{title}/script-preview", "preview-script", 200, a.previewScript).sized(scriptLimit),
		person(post, "/titles/{title}/scripts", "import-script", 201, a.importScript).sized(scriptLimit),
		person(get, "/titles/{title}/scripts", "scripts", 200, a.scripts),
		person(get, "/scripts/{script}", "script", 200, a.script),
		media("/scripts/{script}/original", "script-original", a.scriptOriginal),
	}
}

func (a *API) shotRoutes() []route {
	return []route{
		person(get, "/titles/{title}/shots", "title-shots", 200, a.titleShots),
		person(get, "/scenes/{scene}/shots", "scene-shots", 200, a.sceneShots),
		person(get, "/my/shots", "my-shots", 200, a.myShots),
		person(post, "/scenes/{scene}/shots", "add-shot", 201, a.addShot),
		person(post, "/scenes/{scene}/shot-table", "paste-shots", 200, a.pasteShots).sized(tableLimit),
		person(post, "/scenes/{scene}/shot-order", "order-shots", 200, a.orderShots),
		person(get, "/shots/{shot}", "shot", 200, a.shot),
		change(patch, "/shots/{shot}", "edit-shot", 200, a.editShot),
		change(remove, "/shots/{shot}", "delete-shot", 200, a.deleteShot),
		person(post, "/shots/{shot}/restore", "restore-shot", 200, a.restoreShot),
		person(post, "/shots/{shot}/split", "split-shot", 201, a.splitShot),
		person(post, "/shots/{shot}/state", "move-shot", 200, a.moveShot),
		person(post, "/assignments", "assign-shots", 200, a.assignShots),
		person(post, "/shots/{shot}/pick", "pick-take", 200, a.pickTake),
		person(get, "/shots/{shot}/picks", "picks", 200, a.picks),

		person(get, "/shots/{shot}/attempts", "attempts", 200, a.attempts),
		person(post, "/shots/{shot}/attempts", "log-attempt", 201, a.logAttempt),
		person(post, "/shots/{shot}/files", "log-file", 201, a.logFile).sized(a.o.MaxUpload),
		person(post, "/attempts", "post-attempt", 201, a.postAttempt).reads(postBody, 2*studio.MaxFiles*a.o.MaxUpload),
		person(post, "/attempts/bulk", "post-attempts", 200, a.postAttempts).reads(bulkBody, bulkLimit),
		person(post, "/read", "read-text", 200, a.readText),
		person(get, "/attempts/{attempt}", "attempt", 200, a.attempt),
		person(post, "/attempts/{attempt}/beside", "add-beside", 200, a.addBeside).sized(studio.BesideLimit),
		media("/attempts/{attempt}/beside/{sha256}", "beside", a.beside),
		change(patch, "/attempts/{attempt}", "edit-attempt", 200, a.editAttempt),
		change(remove, "/attempts/{attempt}", "delete-attempt", 200, a.deleteAttempt),
		person(post, "/attempts/{attempt}/restore", "restore-attempt", 200, a.restoreAttempt),
		person(post, "/attempts/{attempt}/move", "move-attempt", 200, a.moveAttempt),
		person(get, "/my/day", "my-day", 200, a.myDay),

		person(get, "/shots/{shot}/takes", "takes", 200, a.takes),
		person(post, "/verdicts", "judge", 200, a.judge),
		media("/takes/{take}/original", "take-original", a.takeOriginal),
		media("/takes/{take}/thumb", "take-thumb", a.takeThumb),
		media("/takes/{take}/preview", "take-preview", a.takePreview),
		media("/takes/{take}/strip", "take-strip", a.takeStrip),
		media("/takes/{take}/proxy", "take-proxy", a.takeProxy),
		person(get, "/takes/{take}/records", "take-records", 200, a.takeRecords),
		person(get, "/takes/{take}/near", "near-takes", 200, a.nearTakes),
		person(post, "/takes/{take}/poster", "put-poster", 200, a.putPoster).sized(posterLimit),
	}
}

func (a *API) reviewRoutes() []route {
	return []route{
		person(get, "/review", "review", 200, a.review),
		person(get, "/review/queues", "queues", 200, a.queues),
		person(get, "/titles/{title}/review-place", "review-place", 200, a.reviewPlace),
		person(post, "/titles/{title}/review-place", "set-review-place", 200, a.setReviewPlace),
		person(post, "/seen", "see-takes", 204, a.see),
		person(get, "/shots/{shot}/decisions", "decisions", 200, a.decisions),
		person(get, "/my/acts", "acts", 200, a.acts),
		person(post, "/undo", "undo", 200, a.undo),
		person(post, "/redo", "redo", 200, a.redo),
		person(get, "/my/prefs", "prefs", 200, a.prefs),
		person(post, "/my/prefs", "set-prefs", 200, a.setPrefs),

		person(get, "/shots/{shot}/notes", "shot-notes", 200, a.shotNotes),
		person(get, "/titles/{title}/notes", "title-notes", 200, a.titleNotes),
		person(get, "/my/notes", "my-notes", 200, a.myNotes),
		person(post, "/takes/{take}/notes", "add-note", 201, a.addNote),
		person(get, "/notes/{note}", "note", 200, a.note),
		change(patch, "/notes/{note}", "edit-note", 200, a.editNote),
		person(post, "/notes/{note}/done", "set-note-done", 200, a.setNoteDone),
		change(remove, "/notes/{note}", "delete-note", 200, a.deleteNote),
		person(post, "/notes/{note}/restore", "restore-note", 200, a.restoreNote),

		person(get, "/episodes/{episode}/play", "play", 200, a.play),
		person(get, "/titles/{title}/funnel", "title-funnel", 200, a.titleFunnel),
		person(get, "/episodes/{episode}/funnel", "episode-funnel", 200, a.episodeFunnel),
		person(get, "/shots/{shot}/funnel", "shot-funnel", 200, a.shotFunnel),
	}
}

// scriptRoutes are what stands around a script: its versions, what scenes need, reference sheets, tables and the search.
func (a *API) scriptRoutes() []route {
	return []route{
		person(post, "/titles/{title}/script-preview/again", "preview-kept-script", 200, a.previewKept),
		person(post, "/titles/{title}/scripts/kept", "import-kept-script", 201, a.importKept),
		person(get, "/scripts/{script}/against/{other}", "compare-scripts", 200, a.compareScripts),
		person(post, "/scripts/{script}/undo", "undo-import", 200, a.undoImport),
		document("/scripts/{script}/text", "script-text", a.scriptText),
		person(post, "/episodes/{episode}/lock", "lock-episode", 200, a.lockEpisode),
		person(post, "/shots/{shot}/fits", "clear-stale", 200, a.clearStale),
		person(post, "/shots/{shot}/lines", "link-lines", 200, a.linkLines),
		person(get, "/scenes/{scene}/proposals", "propose-shots", 200, a.proposeShots),
		person(post, "/scenes/{scene}/proposals", "add-shots", 201, a.addShots),

		person(get, "/titles/{title}/elements", "elements", 200, a.elements),
		person(post, "/titles/{title}/elements", "add-element", 201, a.addElement),
		change(patch, "/elements/{element}", "edit-element", 200, a.editElement),
		person(post, "/elements/{element}/merge", "merge-element", 200, a.mergeElement),
		change(remove, "/elements/{element}", "delete-element", 204, a.deleteElement),
		person(get, "/titles/{title}/breakdown", "breakdown", 200, a.breakdown),
		person(post, "/scenes/{scene}/needs", "set-needs", 200, a.setNeeds),
		person(post, "/shots/{shot}/cast", "cast-shot", 200, a.castShot),

		person(get, "/titles/{title}/references", "references", 200, a.references),
		person(post, "/titles/{title}/references", "add-reference", 201, a.addReference),
		person(get, "/references/{reference}", "reference", 200, a.reference),
		change(patch, "/references/{reference}", "edit-reference", 200, a.editReference),
		person(post, "/references/{reference}/pictures", "add-ref-picture", 201, a.addRefPicture).sized(photoLimit),
		change(remove, "/references/{reference}/pictures/{picture}", "remove-ref-picture", 200, a.removeRefPicture),
		media("/references/{reference}/pictures/{picture}/{size}", "ref-picture", a.refPicture),
		person(get, "/references/{reference}/uses", "sheet-uses", 200, a.sheetUses),
		person(get, "/shots/{shot}/references", "shot-references", 200, a.shotReferences),

		person(post, "/titles/{title}/tables/{kind}/preview", "preview-table", 200, a.previewTable).sized(scriptLimit),
		person(post, "/titles/{title}/tables/{kind}/preview/again", "preview-kept-table", 200, a.previewTableAgain),
		person(post, "/titles/{title}/tables/{kind}", "import-table", 200, a.importTable),
		document("/titles/{title}/tables/{kind}", "export-table", a.exportTable),
		person(get, "/search", "search", 200, a.search),
	}
}

func (a *API) placeRoutes() []route {
	return []route{
		person(get, "/locations", "locations", 200, a.locations),
		person(post, "/locations", "create-location", 201, a.createLocation),
		person(get, "/locations/{location}", "location", 200, a.location),
		change(patch, "/locations/{location}", "edit-location", 200, a.editLocation),
		person(post, "/locations/{location}/photos", "add-photo", 201, a.addPhoto).sized(photoLimit),
		change(remove, "/locations/{location}/photos/{photo}", "remove-photo", 200, a.removePhoto),
		change(patch, "/locations/{location}/photos/{photo}", "edit-photo", 200, a.editPhoto),
		document("/locations/{location}/photos/{photo}/shared", "shared-photo", a.sharedPhoto),
		media("/locations/{location}/photos/{photo}/{size}", "photo", a.photo),
		document("/locations/geojson", "places-geojson", a.placesGeoJSON),
		person(get, "/locations/tags", "place-tags", 200, a.placeTags),
		person(get, "/locations/currencies", "place-currencies", 200, a.placeCurrencies),
		person(get, "/locations/notices", "place-notices", 200, a.placeNotices),
		person(post, "/points", "read-point", 200, a.readPoint),
		person(post, "/locations/{location}/documents", "add-document", 201, a.addDocument),
		change(patch, "/locations/{location}/documents/{document}", "edit-document", 200, a.editDocument),
		change(remove, "/locations/{location}/documents/{document}", "remove-document", 200, a.removeDocument),
		person(post, "/locations/{location}/documents/{document}/file", "add-paper", 200, a.addPaper).sized(photoLimit),
		media("/locations/{location}/documents/{document}/file", "paper", a.paper),
		person(get, "/locations/{location}/notes", "site-notes", 200, a.siteNotes),
		person(post, "/locations/{location}/notes", "add-site-note", 201, a.addSiteNote),
		change(remove, "/site-notes/{note}", "remove-site-note", 204, a.removeSiteNote),
		change(post, "/locations/{location}/merge", "merge-location", 200, a.mergeLocation),
		person(get, "/locations/{location}/links", "location-links", 200, a.locationLinks),
		person(get, "/titles/{title}/script-places", "script-places", 200, a.scriptPlaces),
		person(post, "/elements/{element}/candidates", "add-candidate", 200, a.addCandidate),
		change(remove, "/elements/{element}/candidates/{location}", "remove-candidate", 200, a.removeCandidate),
		person(post, "/locations/{location}/blackouts", "add-blackout", 201, a.addBlackout),
		change(remove, "/locations/{location}/blackouts/{blackout}", "remove-blackout", 200, a.removeBlackout),
		person(get, "/locations/{location}/bookings", "location-bookings", 200, a.locationBookings),
		person(get, "/titles/{title}/bookings", "title-bookings", 200, a.titleBookings),
		person(get, "/bookings", "bookings", 200, a.bookings),
		person(post, "/bookings", "book", 201, a.book),
		change(patch, "/bookings/{booking}", "edit-booking", 200, a.editBooking),
		person(post, "/bookings/check", "check-slot", 200, a.checkSlot),
		person(post, "/bookings/series", "book-series", 200, a.bookSeries),
		person(post, "/bookings/series/{series}/end", "end-series", 200, a.endSeries),
		person(post, "/bookings/series/{series}/resume", "resume-series", 200, a.resumeSeries),
		person(post, "/bookings/table/preview", "preview-slots", 200, a.previewSlots).sized(tableLimit),
		person(post, "/bookings/table/preview/again", "preview-kept-slots", 200, a.previewSlotsAgain),
		person(post, "/bookings/table", "import-slots", 200, a.importSlots),
	}
}

func (a *API) releaseRoutes() []route {
	return []route{
		person(get, "/releases", "releases", 200, a.releases),
		person(get, "/titles/{title}/figures", "figures", 200, a.figures),
		person(post, "/titles/{title}/releases", "create-release", 201, a.createRelease),
		change(patch, "/releases/{release}", "edit-release", 200, a.editRelease),
		person(get, "/releases/{release}/readings", "readings", 200, a.readings),
		person(post, "/releases/{release}/readings", "enter-reading", 201, a.enterReading),
		person(post, "/readings/{reading}/correct", "correct-reading", 200, a.correctReading),
		person(post, "/readings/{reading}/withdraw", "withdraw-reading", 200, a.withdrawReading),
		person(get, "/readings/{reading}", "reading", 200, a.reading),
		person(post, "/readings/{reading}/check", "check-reading", 200, a.checkReading),
		person(get, "/titles/{title}/curves", "curves", 200, a.curves),
		change(post, "/titles/{title}/thresholds", "set-thresholds", 200, a.setThresholds),
		person(get, "/releases/health", "health", 200, a.health),
		person(get, "/releases/compare", "compare-titles", 200, a.compareTitles),
		person(get, "/releases/groups", "title-groups", 200, a.titleGroups),
		person(post, "/titles/{title}/evidence", "add-evidence", 201, a.addEvidence).sized(evidenceLimit),
		media("/evidence/{evidence}", "evidence-file", a.evidenceFile),
	}
}

// figureRoutes are imports of figures, ranks, claims, and cost against return.
func (a *API) figureRoutes() []route {
	return []route{
		person(get, "/imports", "imports", 200, a.imports),
		person(post, "/imports/preview", "preview-figures", 200, a.previewFigures).sized(figureLimit),
		person(post, "/imports/preview/again", "preview-kept-figures", 200, a.previewFiguresAgain),
		person(post, "/imports", "import-figures", 200, a.importFigures),
		person(get, "/imports/{import}", "import", 200, a.oneImport),
		person(post, "/imports/{import}/undo", "undo-figures", 200, a.undoFigures),
		document("/imports/{import}/file", "import-file", a.importFile),
		person(get, "/strays", "strays", 200, a.strays),
		person(post, "/strays/{stray}/match", "match-stray", 200, a.matchStray),
		person(post, "/strays/{stray}/ignore", "ignore-stray", 200, a.ignoreStray),

		person(get, "/ranks", "recent-ranks", 200, a.recentRanks),
		person(get, "/titles/{title}/ranks", "title-ranks", 200, a.titleRanks),
		person(post, "/titles/{title}/ranks", "enter-rank", 201, a.enterRank),
		change(patch, "/ranks/{rank}", "edit-rank", 200, a.editRank),
		change(post, "/ranks/{rank}/withdraw", "withdraw-rank", 200, a.withdrawRank),
		person(get, "/titles/{title}/claims", "title-claims", 200, a.titleClaims),
		person(post, "/titles/{title}/claims", "enter-claim", 201, a.enterClaim),
		change(patch, "/claims/{claim}", "edit-claim", 200, a.editClaim),
		change(post, "/claims/{claim}/withdraw", "withdraw-claim", 200, a.withdrawClaim),

		person(get, "/titles/{title}/return", "title-return", 200, a.titleReturn),
		person(post, "/titles/{title}/costs", "add-cost", 201, a.addCost),
		change(patch, "/costs/{cost}", "edit-cost", 200, a.editCost),
		change(remove, "/costs/{cost}", "remove-cost", 204, a.removeCost),
	}
}

// shootRoutes are shooting days, call sheets and the calendars that they show up in.
func (a *API) shootRoutes() []route {
	return []route{
		person(get, "/performers", "performers", 200, a.performers),
		person(post, "/performers", "add-performer", 201, a.addPerformer),
		change(patch, "/performers/{performer}", "edit-performer", 200, a.editPerformer),
		person(get, "/titles/{title}/days", "day-board", 200, a.dayBoard),
		person(post, "/titles/{title}/days", "add-day", 201, a.addDay),
		change(patch, "/days/{day}", "edit-day", 200, a.editDay),
		change(remove, "/days/{day}", "delete-day", 204, a.deleteDay),
		person(post, "/days/{day}/restore", "restore-day", 200, a.restoreDay),
		person(post, "/titles/{title}/strips", "move-strip", 200, a.moveStrip),
		person(post, "/titles/{title}/strips/several", "move-strips", 200, a.moveStrips),
		person(post, "/days/{day}/scenes/{scene}", "edit-day-scene", 200, a.editDayScene),

		person(post, "/days/{day}/callsheet", "open-callsheet", 200, a.openCallSheet),
		person(get, "/callsheets/{sheet}", "callsheet", 200, a.callSheet),
		change(patch, "/callsheets/{sheet}", "edit-callsheet", 200, a.editCallSheet),
		change(post, "/callsheets/{sheet}/issue", "issue-callsheet", 200, a.issueCallSheet),
		person(post, "/callsheets/{sheet}/recipients", "add-recipient", 200, a.addRecipient),
		person(post, "/callsheets/{sheet}/recipients/{recipient}/renew", "renew-recipient", 200, a.renewRecipient),
		person(remove, "/callsheets/{sheet}/recipients/{recipient}", "remove-recipient", 204, a.removeRecipient),
		person(get, "/my/calls", "my-calls", 200, a.myCalls),
		person(post, "/callsheets/{sheet}/mine", "my-callsheet", 200, a.myCallSheet),
		person(post, "/callsheets/{sheet}/got", "confirm-call", 200, a.confirmCall),
		anyone(post, "/calls/{secret}", "linked-call", 200, a.linkedCall),
		anyone(post, "/calls/{secret}/got", "confirm-linked-call", 200, a.confirmLinkedCall),

		person(get, "/feeds", "feeds", 200, a.feeds),
		person(post, "/feeds", "make-feed", 200, a.makeFeed),
		change(remove, "/feeds/{feed}", "revoke-feed", 204, a.revokeFeed),
		openDocument("/calendar/{secret}", "calendar", a.calendar),
	}
}
