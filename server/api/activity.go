package api

import (
	"context"

	"chouka/server/studio"
)

func (a *API) activity(ctx context.Context, by studio.Actor, in *struct {
	Paged
	Title string `query:"title" doc:"only what happened on this title"`
}) (*plain[studio.List[studio.Activity]], error) {
	return page(a.studio.Activities(ctx, by, in.Title, in.page()))
}
