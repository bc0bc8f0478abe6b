package api

import (
	"context"

	"chouka/server/studio"
)

func (a *API) review(ctx context.Context, by studio.Actor, in *struct {
	Paged
	Title    string `query:"title" required:"true" doc:"the title whose shots wait for a pick"`
	Episode  int    `query:"episode" minimum:"0" doc:"an episode's number"`
	Scene    string `query:"scene" doc:"a scene's id"`
	Operator string `query:"operator" doc:"a person's id: shots assigned to them"`
	Hours    int    `query:"hours" minimum:"0" doc:"waiting for at least so long"`
	Order    string `query:"order" enum:"age,script"`
}) (*plain[studio.List[studio.QueueRow]], error) {
	f := studio.QueueFilter{Episode: in.Episode, Scene: in.Scene, Operator: in.Operator, Hours: in.Hours, Order: in.Order}
	return page(a.studio.ReviewQueue(ctx, by, in.Title, f, in.page()))
}

func (a *API) queues(ctx context.Context, by studio.Actor, in *Paged) (*plain[studio.List[studio.Queue]], error) {
	return page(a.studio.Queues(ctx, by, in.page()))
}

func (a *API) reviewPlace(ctx context.Context, by studio.Actor, in *TitlePath) (*plain[studio.ReviewPlace], error) {
	return value(a.studio.ReviewPlace(ctx, by, in.Title))
}

func (a *API) setReviewPlace(ctx context.Context, by studio.Actor, in *struct {
	TitlePath
	Body studio.ReviewPlace
}) (*plain[studio.ReviewPlace], error) {
	return value(a.studio.SetReviewPlace(ctx, by, in.Title, in.Body))
}

func (a *API) prefs(ctx context.Context, by studio.Actor, _ *struct{}) (*plain[studio.Prefs], error) {
	return value(a.studio.MyPrefs(ctx, by))
}

func (a *API) setPrefs(ctx context.Context, by studio.Actor, in *struct{ Body studio.PrefsIn }) (*plain[studio.Prefs], error) {
	return value(a.studio.SetPrefs(ctx, by, in.Body))
}

func (a *API) acts(ctx context.Context, by studio.Actor, in *struct {
	Title string `query:"title" doc:"only acts on this title"`
}) (*plain[items[studio.Act]], error) {
	return all(a.studio.Acts(ctx, by, in.Title))
}

func (a *API) undo(ctx context.Context, by studio.Actor, in *struct{ Body studio.UndoIn }) (*plain[studio.ActOut], error) {
	return value(a.studio.Undo(ctx, by, in.Body))
}

func (a *API) redo(ctx context.Context, by studio.Actor, in *struct{ Body studio.UndoIn }) (*plain[studio.ActOut], error) {
	return value(a.studio.Redo(ctx, by, in.Body))
}

func (a *API) decisions(ctx context.Context, by studio.Actor, in *struct {
	ShotPath
	Paged
}) (*plain[studio.List[studio.Activity]], error) {
	return page(a.studio.Decisions(ctx, by, in.Shot, in.page()))
}

func (a *API) play(ctx context.Context, by studio.Actor, in *EpisodePath) (*plain[studio.Play], error) {
	return value(a.studio.Play(ctx, by, in.Episode))
}

func (a *API) see(ctx context.Context, by studio.Actor, in *struct {
	Body struct {
		Takes []string `json:"takes"`
	} `nameHint:"SeenIn"`
}) (*empty, error) {
	return done(a.studio.See(ctx, by, in.Body.Takes))
}
