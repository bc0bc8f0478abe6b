package api

import (
	"context"

	"chouka/server/studio"
)

// ElementPath names one element.
type ElementPath struct {
	Element string `path:"element"`
}

func (a *API) elements(ctx context.Context, by studio.Actor, in *struct {
	TitlePath
	Kind studio.ElementKind `query:"kind" enum:"character,prop,place"`
}) (*plain[items[studio.Element]], error) {
	return all(a.studio.Elements(ctx, by, in.Title, in.Kind))
}

func (a *API) addElement(ctx context.Context, by studio.Actor, in *struct {
	TitlePath
	Body studio.ElementIn
}) (*record[studio.Element], error) {
	e, err := a.studio.AddElement(ctx, by, in.Title, in.Body)
	return one(e, e.Rev, err)
}

func (a *API) editElement(ctx context.Context, by studio.Actor, rev int64, in *struct {
	ElementPath
	Body studio.ElementIn
}) (*record[studio.Element], error) {
	e, err := a.studio.EditElement(ctx, by, in.Element, rev, in.Body)
	return one(e, e.Rev, err)
}

func (a *API) mergeElement(ctx context.Context, by studio.Actor, in *struct {
	ElementPath
	Body struct {
		Into string `json:"into"`
	} `nameHint:"MergeIn"`
}) (*record[studio.Element], error) {
	e, err := a.studio.MergeElement(ctx, by, in.Element, in.Body.Into)
	return one(e, e.Rev, err)
}

func (a *API) deleteElement(ctx context.Context, by studio.Actor, rev int64, in *ElementPath) (*empty, error) {
	return done(a.studio.DeleteElement(ctx, by, in.Element, rev))
}

func (a *API) breakdown(ctx context.Context, by studio.Actor, in *struct {
	TitlePath
	Episode int `query:"episode" minimum:"0" doc:"an episode's number; 0: all"`
}) (*plain[items[studio.SceneNeeds]], error) {
	return all(a.studio.Breakdown(ctx, by, in.Title, in.Episode))
}

func (a *API) setNeeds(ctx context.Context, by studio.Actor, in *struct {
	ScenePath
	Body studio.NeedsIn
}) (*plain[studio.SceneNeeds], error) {
	return value(a.studio.SetNeeds(ctx, by, in.Scene, in.Body))
}

func (a *API) castShot(ctx context.Context, by studio.Actor, in *struct {
	ShotPath
	Body struct {
		Elements []string `json:"elements"`
	} `nameHint:"CastIn"`
}) (*record[studio.Shot], error) {
	x, err := a.studio.CastShot(ctx, by, in.Shot, in.Body.Elements)
	return one(x, x.Rev, err)
}
