package studio

import (
	"context"
	"errors"

	"chouka/server/studio/script"
)

// Play is an episode as its picks stand: scene after scene, shot after shot.
type Play struct {
	TitleID    string      `json:"title_id"`
	Title      string      `json:"title"`
	FirstFrame int         `json:"first_frame"`
	Episode    Episode     `json:"episode"`
	Scenes     []PlayScene `json:"scenes"`
	Previous   string      `json:"previous,omitempty"` // episode ids
	Next       string      `json:"next,omitempty"`
}

// PlayScene is one scene with its shots in order.
type PlayScene struct {
	ID      string        `json:"id"`
	Label   string        `json:"label"`
	Heading string        `json:"heading"`
	Lines   []script.Line `json:"lines"` // for the slate of a shot without a pick
	Shots   []PlayShot    `json:"shots"`
}

// PlayShot is a shot with its pick, or without one.
type PlayShot struct {
	Shot  Shot  `json:"shot"`
	Take  *Take `json:"take,omitempty"` // the current pick
	Takes int64 `json:"takes"`
}

// Play lists an episode's shots in order with their picks.
func (s *Studio) Play(ctx context.Context, by Actor, episodeID string) (Play, error) {
	return Play{}, errors.New("seam")
}
