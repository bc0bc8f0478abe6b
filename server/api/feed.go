package api

import (
	"context"

	"chouka/server/studio"
)

func (a *API) feeds(ctx context.Context, by studio.Actor, _ *struct{}) (*plain[items[studio.Feed]], error) {
	return all(a.studio.Feeds(ctx, by))
}

func (a *API) makeFeed(ctx context.Context, by studio.Actor, in *struct{ Body studio.FeedIn }) (*plain[studio.MadeFeed], error) {
	return value(a.studio.MakeFeed(ctx, by, in.Body))
}

func (a *API) revokeFeed(ctx context.Context, by studio.Actor, rev int64, in *struct {
	Feed string `path:"feed"`
}) (*empty, error) {
	return done(a.studio.RevokeFeed(ctx, by, in.Feed, rev))
}

// calendar has no signed-in person behind it: whoever knows the secret reads.
func (a *API) calendar(ctx context.Context, in *struct {
	Secret string `path:"secret" doc:"with .ics behind it"`
}) (*studio.Document, error) {
	return a.studio.Calendar(ctx, in.Secret)
}
