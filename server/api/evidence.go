package api

import (
	"context"

	"chouka/server/studio"
)

// EvidencePath names one picture that shows where something was read.
type EvidencePath struct {
	Evidence string `path:"evidence"`
}

func (a *API) addEvidence(ctx context.Context, by studio.Actor, in *struct {
	TitlePath
	Name string `query:"name"`
	Raw
}) (*record[studio.Evidence], error) {
	e, err := a.studio.AddEvidence(ctx, by, in.Title, in.Name, in.file)
	return one(e, e.Rev, err)
}

func (a *API) evidenceFile(ctx context.Context, by studio.Actor, in *EvidencePath) (*studio.File, error) {
	return a.studio.EvidenceFile(ctx, by, in.Evidence)
}
