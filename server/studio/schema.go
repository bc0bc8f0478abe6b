package studio

import (
	"errors"

	"chouka/server/studio/tally"
	"chouka/store"
)

// records are the collections of the studio: what is kept, and every index that
// a list reads. Adding a query is adding an index here and a migration that rebuilds it.
type records struct {
	settings    *store.Collection[Settings]
	people      *store.Collection[Person]
	credentials *store.Collection[credential]
	memberships *store.Collection[Membership]
	sessions    *store.Collection[session]
	invites     *store.Collection[invite]
	tokens      *store.Collection[token]
	tokenUses   *store.Collection[tokenUse]
	onces       *store.Collection[once]
	activity    *store.Collection[audit]

	titles     *store.Collection[Title]
	summaries  *store.Collection[summary]
	accounts   *store.Collection[accounts]
	groupParts *store.Collection[groupPart]
	scripts    *store.Collection[ScriptVersion]
	steps      *store.Collection[importStep]
	texts      *store.Collection[versionText]
	episodes   *store.Collection[Episode]
	scenes     *store.Collection[Scene]
	sceneTexts *store.Collection[sceneText]
	shots      *store.Collection[Shot]
	picks      *store.Collection[PickRow]
	attempts   *store.Collection[Attempt]
	takes      *store.Collection[Take]
	media      *store.Collection[mediaWork]
	notes      *store.Collection[keptNote]

	elements   *store.Collection[Element]
	references *store.Collection[Reference]
	kept       *store.Collection[keptFile]
	layouts    *store.Collection[keptLayout]
	columns    *store.Collection[keptColumns]

	prefs  *store.Collection[Prefs]
	places *store.Collection[keptPlace]
	acts   *store.Collection[keptAct]

	locations  *store.Collection[Location]
	bookings   *store.Collection[Booking]
	siteNotes  *store.Collection[SiteNote]
	performers *store.Collection[Performer]
	days       *store.Collection[ShootDay]
	goneDays   *store.Collection[goneDay]
	goneSheets *store.Collection[goneSheet]
	calledOff  *store.Collection[calledOff]
	goneSlots  *store.Collection[goneBooking]
	callSheets *store.Collection[CallSheet]
	callIssues *store.Collection[callIssue]
	recipients *store.Collection[recipient]
	feeds      *store.Collection[keptFeed]
	releases   *store.Collection[Release]
	imports    *store.Collection[Import]
	reach      *store.Collection[importReach]
	strays     *store.Collection[Stray]
	evidence   *store.Collection[Evidence]
	ranks      *store.Collection[Rank]
	claims     *store.Collection[FirstClaim]
	costs      *store.Collection[Cost]
	figLayouts *store.Collection[figureLayout]
	pages      *store.Collection[readingPage]
	milestones *store.Collection[Milestone]

	counts *store.Counter
}

func newRecords() records {
	return records{
		settings:    store.NewCollection[Settings]("settings", 1),
		people:      newPeople(),
		credentials: store.NewCollection[credential]("credential", 1),
		memberships: newMemberships(),
		sessions:    newSessions(),
		invites: store.NewCollection("invite", 1,
			unique("hash", func(i *invite) store.Key { return store.K().Text(i.Hash) }),
			index("created", func(i *invite) store.Key { return store.K().Time(i.Created) })),
		tokens:    newTokens(),
		tokenUses: store.NewCollection[tokenUse]("token_use", 1),
		onces: store.NewCollection("once", 1,
			unique("key", func(o *once) store.Key { return store.K().ID(o.PersonID).Text(o.Key) }),
			index("created", func(o *once) store.Key { return store.K().Time(o.Created) })),
		activity: newActivity(),

		titles:     newTitles(),
		summaries:  newSummaries(),
		accounts:   store.NewCollection[accounts]("account", 1),
		groupParts: store.NewCollection[groupPart]("group_part", 1),
		scripts: store.NewCollection("script", 1,
			index("title", func(v *ScriptVersion) store.Key { return store.K().ID(v.TitleID).Int(v.Number) }),
			index("file", func(v *ScriptVersion) store.Key { return store.K().Text(v.SHA256) })),
		episodes: store.NewCollection("episode", 1,
			unique("number", func(e *Episode) store.Key { return store.K().ID(e.TitleID).Int(int64(e.Number)) })),
		steps:  store.NewCollection[importStep]("script_step", 1),
		texts:  store.NewCollection[versionText]("script_text", 1),
		scenes: newScenes(),
		sceneTexts: store.NewCollection("scene_text", 1,
			unique("text", func(t *sceneText) store.Key { return store.K().ID(t.TitleID).Text(t.Hash) })),
		shots: newShots(),
		picks: store.NewCollection("pick", 1,
			index("shot", func(p *PickRow) store.Key { return store.K().ID(p.ShotID).Time(p.Pick.At) })),
		attempts: newAttempts(),
		takes:    newTakes(),
		media:    newMedia(),
		notes:    newNotes(),

		elements:   newElements(),
		references: newReferences(),
		kept:       newKept(),
		layouts:    newLayouts(),
		columns:    store.NewCollection[keptColumns]("columns", 1),

		prefs: store.NewCollection[Prefs]("prefs", 1),
		places: store.NewCollection("place", 1,
			unique("pair", func(p *keptPlace) store.Key { return store.K().ID(p.PersonID).ID(p.TitleID) })),
		acts: newActs(),

		locations:  newLocations(),
		bookings:   newBookings(),
		siteNotes:  newSiteNotes(),
		performers: newPerformers(),
		days:       newDays(),
		goneDays:   newGoneDays(),
		goneSheets: newGoneSheets(),
		calledOff:  newCalledOff(),
		goneSlots:  newGoneSlots(),
		callSheets: newCallSheets(),
		callIssues: newCallIssues(),
		recipients: newRecipients(),
		feeds:      newFeeds(),
		releases:   newReleases(),
		pages:      newPages(),
		milestones: newMilestones(),
		imports:    newImports(),
		reach:      store.NewCollection[importReach]("import_reach", 1),
		strays:     newStrays(),
		evidence:   newEvidence(),
		ranks:      newRanks(),
		claims:     newClaims(),
		costs:      newCosts(),
		figLayouts: newFigureLayouts(),

		counts: store.NewCounter("count"),
	}
}

// newPeople finds people by what they sign in with and by name.
func newPeople() *store.Collection[Person] {
	return store.NewCollection("person", 1,
		unique("login", func(p *Person) store.Key { return store.K().Text(loginKey(p.Login)) }),
		index("name", func(p *Person) store.Key { return store.K().Text(p.Name) }),
		find((*Person).names))
}

// newTitles orders titles by when they were opened, and finds them by every name that they have.
func newTitles() *store.Collection[Title] {
	return store.NewCollection("title", 1,
		index("created", func(t *Title) store.Key { return store.K().Time(t.Created) }),
		store.Index[Title]{Name: "name", Keys: titleNames},
		find((*Title).names))
}

func newElements() *store.Collection[Element] {
	return store.NewCollection("element", 1,
		index("title", func(e *Element) store.Key { return store.K().ID(e.TitleID).Text(string(e.Kind)) }),
		store.Index[Element]{Name: "location", Keys: placesOf},
		maybe("performer", func(e *Element) (store.Key, bool) {
			return store.K().ID(e.PerformerID).ID(e.TitleID), e.PerformerID != ""
		}),
		store.Index[Element]{Name: "name", Unique: true, Keys: elementNames})
}

func newReferences() *store.Collection[Reference] {
	return store.NewCollection("reference", 1,
		index("title", func(r *Reference) store.Key {
			return store.K().ID(r.TitleID).Text(string(r.Kind)).Text(nameKey(r.Name))
		}),
		maybe("element", func(r *Reference) (store.Key, bool) { return store.K().ID(r.ElementID), r.ElementID != "" }),
		store.Index[Reference]{Name: "picture", Keys: func(r *Reference) []store.Key {
			var keys []store.Key
			for _, p := range r.Pictures {
				keys = append(keys, store.K().Text(p.Media.SHA256).ID(r.TitleID))
			}
			return keys
		}})
}

// newBookings orders bookings by start, of a place, of a title, of who made them and of the house.
func newBookings() *store.Collection[Booking] {
	return store.NewCollection("booking", 1,
		index("location", func(b *Booking) store.Key { return store.K().ID(b.LocationID).Time(b.Start) }),
		index("title", func(b *Booking) store.Key { return store.K().ID(b.TitleID).Time(b.Start) }),
		index("by", func(b *Booking) store.Key { return store.K().ID(b.By).Time(b.Start) }),
		index("start", func(b *Booking) store.Key { return store.K().Time(b.Start) }),
		maybe("series", func(b *Booking) (store.Key, bool) { return store.K().ID(b.SeriesID).Time(b.Start), b.SeriesID != "" }))
}

// newDays has one day of a title for each date and unit, and the days of the house by date.
func newDays() *store.Collection[ShootDay] {
	return store.NewCollection("day", 1,
		unique("title", func(d *ShootDay) store.Key { return store.K().ID(d.TitleID).Text(d.Date).Text(d.Unit) }),
		index("date", func(d *ShootDay) store.Key { return store.K().Text(d.Date) }),
		store.Index[ShootDay]{Name: "location", Keys: dayPlaces},
		store.Index[ShootDay]{Name: "scene", Keys: func(d *ShootDay) []store.Key {
			var keys []store.Key
			for _, x := range d.Scenes {
				keys = append(keys, store.K().ID(x.SceneID).Text(d.Date))
			}
			return keys
		}})
}

// newGoneDays has a title's deleted days by when they would have begun.
func newGoneDays() *store.Collection[goneDay] {
	return store.NewCollection("gone_day", 1,
		index("title", func(d *goneDay) store.Key { return store.K().ID(d.TitleID).Time(d.Start) }))
}

// newGoneSheets finds the call sheets of deleted days by the accounts and the secret addresses that got them.
func newGoneSheets() *store.Collection[goneSheet] {
	return store.NewCollection("gone_sheet", 1,
		store.Index[goneSheet]{Name: "person", Keys: func(g *goneSheet) []store.Key {
			var keys []store.Key
			for _, r := range g.Who {
				if r.Who.PersonID != "" && g.Sheet.Issued > 0 {
					keys = append(keys, store.K().ID(r.Who.PersonID).Text(g.Date))
				}
			}
			return keys
		}},
		store.Index[goneSheet]{Name: "hash", Unique: true, Keys: func(g *goneSheet) []store.Key {
			var keys []store.Key
			for _, r := range g.Who {
				if r.Hash != "" {
					keys = append(keys, store.K().Text(r.Hash))
				}
			}
			return keys
		}})
}

// newCallSheets has one call sheet for each shooting day.
func newCallSheets() *store.Collection[CallSheet] {
	return store.NewCollection("call_sheet", 1,
		unique("day", func(x *CallSheet) store.Key { return store.K().ID(x.DayID) }),
		index("title", func(x *CallSheet) store.Key { return store.K().ID(x.TitleID) }))
}

// newCallIssues has the issued versions of a call sheet by their number.
func newCallIssues() *store.Collection[callIssue] {
	return store.NewCollection("call_issue", 1,
		unique("number", func(v *callIssue) store.Key { return store.K().ID(v.SheetID).Int(int64(v.Number)) }))
}

// newSiteNotes orders the notes of a location by when they were written.
func newSiteNotes() *store.Collection[SiteNote] {
	return store.NewCollection("site_note", 1,
		index("location", func(n *SiteNote) store.Key { return store.K().ID(n.LocationID).Time(n.At) }))
}

// newPerformers finds performers by name.
func newPerformers() *store.Collection[Performer] {
	return store.NewCollection("performer", 1,
		index("name", func(p *Performer) store.Key { return store.K().Text(p.Name) }),
		find((*Performer).names))
}

// newFeeds finds calendars by their secret address and by who made them.
func newFeeds() *store.Collection[keptFeed] {
	return store.NewCollection("feed", 1,
		unique("hash", func(f *keptFeed) store.Key { return store.K().Text(f.Hash) }),
		index("person", func(f *keptFeed) store.Key { return store.K().ID(f.PersonID).Time(f.Created) }))
}

// newRecipients finds who gets a call sheet, by sheet, by account and by secret address.
func newRecipients() *store.Collection[recipient] {
	return store.NewCollection("recipient", 1,
		index("sheet", func(r *recipient) store.Key { return store.K().ID(r.SheetID).Time(r.Created) }),
		maybe("person", func(r *recipient) (store.Key, bool) {
			return store.K().ID(r.Who.PersonID).Text(r.Date), r.Who.PersonID != ""
		}),
		store.Index[recipient]{Name: "hash", Unique: true, Keys: func(r *recipient) []store.Key {
			if r.Hash == "" {
				return nil
			}
			return []store.Key{store.K().Text(r.Hash)}
		}})
}

// newReleases has one release of a title for each platform and region; files find it by the platform's own id and by aliases.
func newReleases() *store.Collection[Release] {
	return store.NewCollection("release", 1,
		unique("place", func(r *Release) store.Key {
			return store.K().ID(r.TitleID).Text(nameKey(r.Platform)).Text(nameKey(r.Region))
		}),
		store.Index[Release]{Name: "external", Unique: true, Keys: func(r *Release) []store.Key {
			if r.ExternalID == "" {
				return nil
			}
			return []store.Key{store.K().Text(nameKey(r.Platform)).Text(nameKey(r.Region)).Text(r.ExternalID)}
		}},
		store.Index[Release]{Name: "alias", Unique: true, Keys: func(r *Release) []store.Key {
			var keys []store.Key
			for _, a := range r.Aliases {
				keys = append(keys, store.K().Text(nameKey(r.Platform)).Text(nameKey(r.Region)).Text(nameKey(a)))
			}
			return keys
		}},
		maybe("import", func(r *Release) (store.Key, bool) { return store.K().ID(r.ImportID), r.ImportID != "" }))
}

// newMilestones orders milestones of a title and of the house by when they were reached, and the sums that passed one
// threshold; rounding may undo the provisional.
func newMilestones() *store.Collection[Milestone] {
	return store.NewCollection("milestone", 1,
		index("title", func(m *Milestone) store.Key { return store.K().ID(m.TitleID).Time(m.At) }),
		index("at", func(m *Milestone) store.Key { return store.K().Time(m.At) }),
		maybe("provisional", func(m *Milestone) (store.Key, bool) {
			return store.K().Time(m.At), m.State == Stands && m.Mark == tally.MarkProvisional
		}),
		maybe("level", func(m *Milestone) (store.Key, bool) {
			return store.K().Text(m.Metric).Int(m.Threshold).Time(m.At), m.State == Stands && m.ReleaseID == ""
		}))
}

func newImports() *store.Collection[Import] {
	return store.NewCollection("import", 1,
		index("created", func(i *Import) store.Key { return store.K().Time(i.Created) }),
		index("file", func(i *Import) store.Key { return store.K().Text(i.SHA256).Time(i.Created) }))
}

// newStrays has one stray for each name on a platform; those that wait are ordered by how many rows they have.
func newStrays() *store.Collection[Stray] {
	return store.NewCollection("stray", 1,
		unique("name", func(x *Stray) store.Key { return store.K().Text(nameKey(x.Platform)).Text(nameKey(x.Name)) }),
		maybe("rows", func(x *Stray) (store.Key, bool) { return store.K().Int(int64(x.Rows)), !x.Ignored && x.Rows > 0 }),
		maybe("ignored", func(x *Stray) (store.Key, bool) { return store.K().Int(int64(x.Rows)), x.Ignored }),
		store.Index[Stray]{Name: "import", Keys: func(x *Stray) []store.Key {
			var keys []store.Key
			for _, id := range x.Imports {
				keys = append(keys, store.K().ID(id))
			}
			return keys
		}})
}

func newEvidence() *store.Collection[Evidence] {
	return store.NewCollection("evidence", 1,
		unique("title", func(e *Evidence) store.Key { return store.K().ID(e.TitleID).Text(e.SHA256) }),
		index("bytes", func(e *Evidence) store.Key { return store.K().Text(e.SHA256) }))
}

func newRanks() *store.Collection[Rank] {
	return store.NewCollection("rank", 1,
		unique("list", func(x *Rank) store.Key {
			return store.K().ID(x.TitleID).Text(x.Date).Text(nameKey(x.List)).Text(x.ReleaseID)
		}),
		index("title", func(x *Rank) store.Key { return store.K().ID(x.TitleID).Text(x.Date) }),
		index("date", func(x *Rank) store.Key { return store.K().Text(x.Date) }))
}

func newClaims() *store.Collection[FirstClaim] {
	return store.NewCollection("claim", 1,
		index("title", func(x *FirstClaim) store.Key { return store.K().ID(x.TitleID).Text(x.Date) }))
}

func newCosts() *store.Collection[Cost] {
	return store.NewCollection("cost", 1,
		index("title", func(x *Cost) store.Key { return store.K().ID(x.TitleID).Time(x.Created) }))
}

// newFigureLayouts has one layout for each platform.
func newFigureLayouts() *store.Collection[figureLayout] {
	return store.NewCollection("figure_layout", 1,
		unique("platform", func(l *figureLayout) store.Key { return store.K().Text(nameKey(l.Platform)) }))
}

// newScenes orders scenes as the script has them, and finds them by the code in labels of shots and by what they need.
func newScenes() *store.Collection[Scene] {
	return store.NewCollection("scene", 1,
		index("order", func(x *Scene) store.Key { return store.K().ID(x.TitleID).Int(int64(x.Episode)).Int(x.Order) }),
		index("code", func(x *Scene) store.Key { return store.K().ID(x.TitleID).Int(int64(x.CodeEpisode)).Text(x.Code) }),
		store.Index[Scene]{Name: "element", Keys: needKeys})
}

// newLocations finds places by name, by how scripts spell them and by the first of their documents that ends. Duplicates
// that another one took over are in none of them.
func newLocations() *store.Collection[Location] {
	return store.NewCollection("location", 1,
		maybe("name", func(l *Location) (store.Key, bool) { return store.K().Text(l.Name), l.MergedInto == "" }),
		store.Index[Location]{Name: "spelling", Keys: placeNames},
		find((*Location).findNames),
		maybe("until", func(l *Location) (store.Key, bool) {
			day := l.firstEnd()
			return store.K().Text(day), day != "" && l.MergedInto == ""
		}),
		store.Index[Location]{Name: "paper", Keys: func(l *Location) []store.Key {
			var keys []store.Key
			for _, d := range l.Documents {
				if d.File != nil {
					keys = append(keys, store.K().Text(d.File.SHA256))
				}
			}
			return keys
		}})
}

// newActivity orders what happened by its number, in the house, on a title and on a shot.
func newActivity() *store.Collection[audit] {
	return store.NewCollection("activity", 1,
		index("seq", func(a *audit) store.Key { return store.K().Int(a.Seq) }),
		maybe("title", func(a *audit) (store.Key, bool) { return store.K().ID(a.TitleID).Int(a.Seq), a.TitleID != "" }),
		maybe("shot", func(a *audit) (store.Key, bool) { return store.K().ID(a.ShotID).Int(a.Seq), a.decides() }))
}

// newLayouts has one remembered layout of a title for each kind of table.
func newLayouts() *store.Collection[keptLayout] {
	return store.NewCollection("layout", 1,
		unique("kind", func(l *keptLayout) store.Key { return store.K().ID(l.TitleID).Text(string(l.Kind)) }))
}

// newKept finds previewed files by their hash, and the oldest of them.
func newKept() *store.Collection[keptFile] {
	return store.NewCollection("kept", 1,
		unique("file", func(f *keptFile) store.Key { return keptKey(f.TitleID, f.SHA256) }),
		index("title", func(f *keptFile) store.Key { return store.K().ID(f.TitleID).Time(f.At) }),
		index("at", func(f *keptFile) store.Key { return store.K().Time(f.At) }),
		index("bytes", func(f *keptFile) store.Key { return store.K().Text(f.SHA256) }))
}

func newTakes() *store.Collection[Take] {
	return store.NewCollection("take", 1,
		maybe("shot", func(t *Take) (store.Key, bool) { return store.K().ID(t.ShotID).Int(t.Number), t.Deleted == nil }),
		index("attempt", func(t *Take) store.Key { return store.K().ID(t.AttemptID).Int(int64(t.Place)) }),
		index("media", func(t *Take) store.Key { return store.K().Text(t.Media.SHA256).ID(t.ShotID) }),
		maybe("hash", lookKey))
}

func newMedia() *store.Collection[mediaWork] {
	return store.NewCollection("media", 2,
		store.Index[mediaWork]{Name: "work", Keys: func(w *mediaWork) []store.Key { return w.keys(waiting) }},
		store.Index[mediaWork]{Name: "missing", Keys: func(w *mediaWork) []store.Key { return w.keys(withoutFFmpeg) }},
		store.Index[mediaWork]{Name: "trouble", Keys: troubleKeys})
}

// newNotes orders notes by when they were made. Done ones stand in no list of open ones, so that nobody walks over them.
func newNotes() *store.Collection[keptNote] {
	return store.NewCollection("note", 1,
		maybe("shot", func(n *keptNote) (store.Key, bool) { return store.K().ID(n.ShotID).Int(n.Seq), n.live() }),
		maybe("title", func(n *keptNote) (store.Key, bool) {
			return store.K().ID(n.TitleID).Int(n.Seq), n.live() && n.Parent == ""
		}),
		maybe("open", func(n *keptNote) (store.Key, bool) {
			return store.K().ID(n.TitleID).Int(n.Seq), n.open() && n.Parent == ""
		}),
		store.Index[keptNote]{Name: "mentioned", Keys: func(n *keptNote) []store.Key {
			var keys []store.Key
			for _, m := range n.Mentions {
				if n.open() {
					keys = append(keys, store.K().ID(m.PersonID).Int(n.Seq))
				}
			}
			return keys
		}},
		// Deleted ones too: they go where their take or the note that they answer goes.
		index("take", func(n *keptNote) store.Key { return store.K().ID(n.TakeID).Int(n.Seq) }),
		maybe("answers", func(n *keptNote) (store.Key, bool) { return store.K().ID(n.Parent).Int(n.Seq), n.Parent != "" }))
}

func newAttempts() *store.Collection[Attempt] {
	return store.NewCollection("attempt", 1,
		maybe("shot", func(a *Attempt) (store.Key, bool) { return store.K().ID(a.ShotID).Int(a.Number), a.Deleted == nil }),
		maybe("day", func(a *Attempt) (store.Key, bool) {
			return store.K().ID(a.Operator).Text(a.Day).Time(a.Created), a.Deleted == nil
		}),
		maybe("task", func(a *Attempt) (store.Key, bool) {
			return taskKey(a.TaskID).ID(a.TitleID).ID(a.ShotID), a.Deleted == nil && a.TaskID != ""
		}),
		maybe("reader", func(a *Attempt) (store.Key, bool) { return store.K().Int(int64(a.readBy())), a.readBy() > 0 }),
		store.Index[Attempt]{Name: "expects", Keys: expectKeys},
		store.Index[Attempt]{Name: "sheet", Keys: useKeys}, // records from before sheets have none
		store.Index[Attempt]{Name: "beside", Keys: func(a *Attempt) []store.Key {
			var keys []store.Key
			for _, b := range a.Beside {
				keys = append(keys, store.K().Text(b.SHA256))
			}
			return keys
		}})
}

// newActs keeps a person's acts in two stacks: what can be taken back, and what can be done again.
func newActs() *store.Collection[keptAct] {
	return store.NewCollection("act", 1,
		index("person", func(a *keptAct) store.Key { return store.K().ID(a.PersonID).Bool(a.Undone != nil).Int(a.Turn) }),
		index("title", func(a *keptAct) store.Key {
			return store.K().ID(a.PersonID).ID(a.TitleID).Bool(a.Undone != nil).Int(a.Turn)
		}))
}

func newShots() *store.Collection[Shot] {
	live := func(s *Shot) bool { return s.Deleted == nil }
	return store.NewCollection("shot", 1,
		maybe("title", func(s *Shot) (store.Key, bool) {
			return store.K().ID(s.TitleID).Int(int64(s.Episode)).Int(s.SceneAt).Int(s.Order), live(s)
		}),
		maybe("label", func(s *Shot) (store.Key, bool) {
			return store.K().ID(s.TitleID).Text(markOf(labelKey(s.Label))), live(s)
		}),
		maybe("scene", func(s *Shot) (store.Key, bool) { return store.K().ID(s.SceneID).Int(s.Order), live(s) }),
		store.Index[Shot]{Name: "cast", Keys: castKeys},
		maybe("length", func(s *Shot) (store.Key, bool) { return lengthKey(s), live(s) }),
		maybe("state", func(s *Shot) (store.Key, bool) {
			return store.K().ID(s.TitleID).Text(string(s.State)).Time(s.StateAt), live(s)
		}),
		store.Index[Shot]{Name: "sheet", Keys: pickKeys}, // as of attempts
		store.Index[Shot]{Name: "operator", Keys: func(s *Shot) []store.Key {
			var keys []store.Key
			for _, p := range s.Operators {
				if live(s) {
					keys = append(keys, store.K().ID(p).Byte(urgency(s.State)).ID(s.TitleID).Int(int64(s.Episode)).Int(s.SceneAt).Int(s.Order))
				}
			}
			return keys
		}})
}

// Schema is what Migrate and Check walk over.
func Schema() store.Schema {
	r := newRecords()
	return store.Schema{
		Collections: []store.AnyCollection{r.settings, r.people, r.credentials, r.memberships, r.sessions, r.invites, r.tokens, r.tokenUses, r.onces, r.activity,
			r.titles, r.summaries, r.accounts, r.groupParts, r.scripts, r.steps, r.texts, r.episodes, r.scenes, r.sceneTexts, r.shots, r.picks, r.attempts, r.takes, r.media, r.notes, r.elements, r.references, r.kept, r.layouts, r.columns,
			r.prefs, r.places, r.acts, r.locations, r.bookings, r.siteNotes, r.performers, r.days, r.goneDays, r.goneSheets, r.goneSlots, r.calledOff, r.callSheets, r.callIssues, r.recipients, r.feeds, r.releases, r.pages, r.milestones,
			r.imports, r.reach, r.strays, r.evidence, r.ranks, r.claims, r.costs, r.figLayouts},
		Counters: []*store.Counter{r.counts},
		Migrations: []store.Migration{
			{Name: "capture", Step: func(tx store.Txn) error { return migrate1(tx, r) }},
			{Name: "review", Step: func(tx store.Txn) error { return migrate2(tx, r) }},
			{Name: "decisions", Step: func(tx store.Txn) error { return store.AddIndex(tx, r.activity, "shot") }},
			{Name: "search", Step: func(tx store.Txn) error {
				return errors.Join(store.AddIndex(tx, r.titles, "find"), store.AddIndex(tx, r.people, "find"), store.AddIndex(tx, r.locations, "find"))
			}},
			{Name: "lines", Step: func(tx store.Txn) error { return migrateLines(tx, r) }},
			{Name: "breakdown", Step: func(tx store.Txn) error { return migrateBreakdown(tx, r) }},
			{Name: "places", Step: func(tx store.Txn) error { return migratePlaces(tx, r) }},
			{Name: "figures", Step: func(tx store.Txn) error { return migrateFigures(tx, r) }},
			{Name: "reckoning", Step: func(tx store.Txn) error { return migrateReckoning(tx, r) }},
			{Name: "groups", Step: func(tx store.Txn) error { return migrateGroups(tx, r) }},
		},
	}
}

func index[T any](name string, key func(*T) store.Key) store.Index[T] {
	return store.Index[T]{Name: name, Keys: func(t *T) []store.Key { return []store.Key{key(t)} }}
}

func unique[T any](name string, key func(*T) store.Key) store.Index[T] {
	i := index(name, key)
	i.Unique = true
	return i
}

// maybe is an index that leaves some records out.
func maybe[T any](name string, key func(*T) (store.Key, bool)) store.Index[T] {
	return store.Index[T]{Name: name, Keys: func(t *T) []store.Key {
		k, in := key(t)
		if !in {
			return nil
		}
		return []store.Key{k}
	}}
}

// find is the index of a search by name.
func find[T any](names func(*T) []string) store.Index[T] {
	return store.Index[T]{Name: "find", Keys: func(t *T) []store.Key { return findKeys(names(t)) }}
}
