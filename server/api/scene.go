package api

import (
	"context"

	"chouka/server/studio"
)

// EpisodePath names one episode.
type EpisodePath struct {
	Episode string `path:"episode"`
}

// ScenePath names one scene.
type ScenePath struct {
	Scene string `path:"scene"`
}

func (a *API) addScene(ctx context.Context, by studio.Actor, in *struct {
	EpisodePath
	Body studio.SceneIn
}) (*record[studio.Scene], error) {
	s, err := a.studio.AddScene(ctx, by, in.Episode, in.Body)
	return one(s, s.Rev, err)
}

func (a *API) scene(ctx context.Context, by studio.Actor, in *ScenePath) (*record[studio.Scene], error) {
	s, err := a.studio.Scene(ctx, by, in.Scene)
	return one(s, s.Rev, err)
}
