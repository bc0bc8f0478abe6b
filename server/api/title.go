package api

import (
	"context"

	"chouka/server/studio"
)

// TitlePath names one title.
type TitlePath struct {
	Title string `path:"title"`
}

func (a *API) titles(ctx context.Context, by studio.Actor, in *Paged) (*plain[studio.List[studio.Board]], error) {
	return page(a.studio.Titles(ctx, by, in.page()))
}

func (a *API) createTitle(ctx context.Context, by studio.Actor, in *struct{ Body studio.TitleIn }) (*record[studio.Board], error) {
	b, err := a.studio.CreateTitle(ctx, by, in.Body)
	return one(b, b.Title.Rev, err)
}

func (a *API) title(ctx context.Context, by studio.Actor, in *TitlePath) (*record[studio.Board], error) {
	b, err := a.studio.TitleBoard(ctx, by, in.Title)
	return one(b, b.Title.Rev, err)
}

func (a *API) editTitle(ctx context.Context, by studio.Actor, rev int64, in *struct {
	TitlePath
	Body studio.TitleIn
}) (*record[studio.Board], error) {
	b, err := a.studio.EditTitle(ctx, by, in.Title, rev, in.Body)
	return one(b, b.Title.Rev, err)
}

func (a *API) outline(ctx context.Context, by studio.Actor, in *TitlePath) (*plain[items[studio.EpisodeRow]], error) {
	return all(a.studio.Outline(ctx, by, in.Title))
}

func (a *API) addEpisode(ctx context.Context, by studio.Actor, in *struct {
	TitlePath
	Body studio.EpisodeIn
}) (*record[studio.Episode], error) {
	e, err := a.studio.AddEpisode(ctx, by, in.Title, in.Body)
	return one(e, e.Rev, err)
}
