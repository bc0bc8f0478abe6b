package api

import (
	"context"

	"chouka/server/studio"
)

// PaperPath names one document of a location.
type PaperPath struct {
	LocationPath
	Document string `path:"document"`
}

// SiteNotePath names one note of a location.
type SiteNotePath struct {
	Note string `path:"note"`
}

// CandidatePath names a location that was put forward for a script's place.
type CandidatePath struct {
	ElementPath
	Location string `path:"location"`
}

func (a *API) addDocument(ctx context.Context, by studio.Actor, in *struct {
	LocationPath
	Body studio.DocumentIn
}) (*record[studio.Location], error) {
	l, err := a.studio.AddDocument(ctx, by, in.Location, in.Body)
	return one(l, l.Rev, err)
}

func (a *API) editDocument(ctx context.Context, by studio.Actor, rev int64, in *struct {
	PaperPath
	Body studio.DocumentIn
}) (*record[studio.Location], error) {
	l, err := a.studio.EditDocument(ctx, by, in.Location, in.Document, rev, in.Body)
	return one(l, l.Rev, err)
}

func (a *API) removeDocument(ctx context.Context, by studio.Actor, rev int64, in *PaperPath) (*record[studio.Location], error) {
	l, err := a.studio.RemoveDocument(ctx, by, in.Location, in.Document, rev)
	return one(l, l.Rev, err)
}

func (a *API) addPaper(ctx context.Context, by studio.Actor, in *struct {
	PaperPath
	Name string `query:"name" required:"true" doc:"the file's name"`
	Raw
}) (*record[studio.Location], error) {
	l, err := a.studio.AddPaper(ctx, by, in.Location, in.Document, in.Name, in.file)
	return one(l, l.Rev, err)
}

func (a *API) paper(ctx context.Context, by studio.Actor, in *PaperPath) (*studio.File, error) {
	return a.studio.Paper(ctx, by, in.Location, in.Document)
}

func (a *API) siteNotes(ctx context.Context, by studio.Actor, in *struct {
	LocationPath
	Paged
}) (*plain[studio.List[studio.SiteNoteRow]], error) {
	return page(a.studio.SiteNotes(ctx, by, in.Location, in.page()))
}

func (a *API) addSiteNote(ctx context.Context, by studio.Actor, in *struct {
	LocationPath
	Body studio.SiteNoteIn
}) (*record[studio.SiteNoteRow], error) {
	n, err := a.studio.AddSiteNote(ctx, by, in.Location, in.Body)
	return one(n, n.Rev, err)
}

func (a *API) removeSiteNote(ctx context.Context, by studio.Actor, rev int64, in *SiteNotePath) (*empty, error) {
	return done(a.studio.RemoveSiteNote(ctx, by, in.Note, rev))
}

func (a *API) mergeLocation(ctx context.Context, by studio.Actor, rev int64, in *struct {
	LocationPath
	Body studio.PlaceMergeIn
}) (*record[studio.Location], error) {
	l, err := a.studio.MergeLocation(ctx, by, in.Location, rev, in.Body)
	return one(l, l.Rev, err)
}

func (a *API) locationLinks(ctx context.Context, by studio.Actor, in *LocationPath) (*plain[studio.LocationLinks], error) {
	return value(a.studio.LocationLinks(ctx, by, in.Location))
}

func (a *API) scriptPlaces(ctx context.Context, by studio.Actor, in *TitlePath) (*plain[items[studio.ScriptPlace]], error) {
	return all(a.studio.ScriptPlaces(ctx, by, in.Title))
}

func (a *API) addCandidate(ctx context.Context, by studio.Actor, in *struct {
	ElementPath
	Body studio.CandidateIn
}) (*record[studio.Element], error) {
	e, err := a.studio.AddCandidate(ctx, by, in.Element, in.Body)
	return one(e, e.Rev, err)
}

func (a *API) removeCandidate(ctx context.Context, by studio.Actor, rev int64, in *CandidatePath) (*record[studio.Element], error) {
	e, err := a.studio.RemoveCandidate(ctx, by, in.Element, in.Location, rev)
	return one(e, e.Rev, err)
}

func (a *API) addBlackout(ctx context.Context, by studio.Actor, in *struct {
	LocationPath
	Body studio.BlackoutIn
}) (*record[studio.Location], error) {
	l, err := a.studio.AddBlackout(ctx, by, in.Location, in.Body)
	return one(l, l.Rev, err)
}

func (a *API) removeBlackout(ctx context.Context, by studio.Actor, rev int64, in *struct {
	LocationPath
	Blackout string `path:"blackout"`
}) (*record[studio.Location], error) {
	l, err := a.studio.RemoveBlackout(ctx, by, in.Location, in.Blackout, rev)
	return one(l, l.Rev, err)
}
