package api

import (
	"context"

	"chouka/server/studio"
)

// DayPath names one shooting day.
type DayPath struct {
	Day string `path:"day"`
}

// PerformerPath names one performer.
type PerformerPath struct {
	Performer string `path:"performer"`
}

func (a *API) performers(ctx context.Context, by studio.Actor, in *struct {
	Paged
	Q string `query:"q" maxLength:"200" doc:"characters, pinyin or initials"`
}) (*plain[studio.List[studio.Performer]], error) {
	return page(a.studio.Performers(ctx, by, in.Q, in.page()))
}

func (a *API) addPerformer(ctx context.Context, by studio.Actor, in *struct{ Body studio.PerformerIn }) (*record[studio.Performer], error) {
	p, err := a.studio.AddPerformer(ctx, by, in.Body)
	return one(p, p.Rev, err)
}

func (a *API) editPerformer(ctx context.Context, by studio.Actor, rev int64, in *struct {
	PerformerPath
	Body studio.PerformerIn
}) (*record[studio.Performer], error) {
	p, err := a.studio.EditPerformer(ctx, by, in.Performer, rev, in.Body)
	return one(p, p.Rev, err)
}

func (a *API) dayBoard(ctx context.Context, by studio.Actor, in *TitlePath) (*plain[studio.DayBoard], error) {
	return value(a.studio.DayBoard(ctx, by, in.Title))
}

func (a *API) addDay(ctx context.Context, by studio.Actor, in *struct {
	TitlePath
	Body studio.DayIn
}) (*record[studio.DayRow], error) {
	d, err := a.studio.AddDay(ctx, by, in.Title, in.Body)
	return one(d, d.Day.Rev, err)
}

func (a *API) editDay(ctx context.Context, by studio.Actor, rev int64, in *struct {
	DayPath
	Body studio.DayIn
}) (*record[studio.DayRow], error) {
	d, err := a.studio.EditDay(ctx, by, in.Day, rev, in.Body)
	return one(d, d.Day.Rev, err)
}

func (a *API) deleteDay(ctx context.Context, by studio.Actor, rev int64, in *DayPath) (*empty, error) {
	return done(a.studio.DeleteDay(ctx, by, in.Day, rev))
}

func (a *API) restoreDay(ctx context.Context, by studio.Actor, in *DayPath) (*record[studio.DayBack], error) {
	d, err := a.studio.RestoreDay(ctx, by, in.Day)
	return one(d, d.Day.Day.Rev, err)
}

func (a *API) moveStrip(ctx context.Context, by studio.Actor, in *struct {
	TitlePath
	Body studio.StripMove
}) (*plain[studio.StripMoved], error) {
	return value(a.studio.MoveStrip(ctx, by, in.Title, in.Body))
}

func (a *API) moveStrips(ctx context.Context, by studio.Actor, in *struct {
	TitlePath
	Body studio.StripsMove
}) (*plain[studio.StripMoved], error) {
	return value(a.studio.MoveStrips(ctx, by, in.Title, in.Body))
}

func (a *API) editDayScene(ctx context.Context, by studio.Actor, in *struct {
	DayPath
	Scene string `path:"scene"`
	Body  studio.DaySceneIn
}) (*record[studio.DayRow], error) {
	d, err := a.studio.EditDayScene(ctx, by, in.Day, in.Scene, in.Body)
	return one(d, d.Day.Rev, err)
}
