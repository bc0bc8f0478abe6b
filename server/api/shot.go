package api

import (
	"context"

	"chouka/server/studio"
)

// ShotPath names one shot.
type ShotPath struct {
	Shot string `path:"shot"`
}

func (a *API) titleShots(ctx context.Context, by studio.Actor, in *struct {
	TitlePath
	Paged
	State    studio.ShotState `query:"state" enum:"todo,drawing,to_review,picked,locked,rework"`
	Operator string           `query:"operator" doc:"a person's id"`
	Scene    string           `query:"scene" doc:"a scene's id"`
	Episode  int              `query:"episode" minimum:"0" doc:"an episode's number; the rows then name the newest take"`
	Stale    bool             `query:"stale" doc:"only shots that may no longer fit the script"`
}) (*plain[studio.List[studio.ShotRow]], error) {
	f := studio.ShotFilter{State: in.State, Operator: in.Operator, Scene: in.Scene, Episode: in.Episode, Stale: in.Stale}
	return page(a.studio.TitleShots(ctx, by, in.Title, f, in.page()))
}

func (a *API) sceneShots(ctx context.Context, by studio.Actor, in *ScenePath) (*plain[items[studio.ShotRow]], error) {
	return all(a.studio.SceneShots(ctx, by, in.Scene))
}

func (a *API) myShots(ctx context.Context, by studio.Actor, in *Paged) (*plain[studio.List[studio.ShotRow]], error) {
	return page(a.studio.MyShots(ctx, by, in.page()))
}

func (a *API) addShot(ctx context.Context, by studio.Actor, in *struct {
	ScenePath
	Body studio.ShotIn
}) (*record[studio.Shot], error) {
	s, err := a.studio.AddShot(ctx, by, in.Scene, in.Body)
	return one(s, s.Rev, err)
}

func (a *API) pasteShots(ctx context.Context, by studio.Actor, in *struct {
	ScenePath
	Body studio.TableIn
}) (*plain[studio.TableOut], error) {
	return value(a.studio.PasteShots(ctx, by, in.Scene, in.Body))
}

func (a *API) orderShots(ctx context.Context, by studio.Actor, in *struct {
	ScenePath
	Body struct {
		IDs []string `json:"ids"`
	} `nameHint:"OrderIn"`
}) (*plain[items[studio.Shot]], error) {
	return all(a.studio.OrderShots(ctx, by, in.Scene, in.Body.IDs))
}

func (a *API) shot(ctx context.Context, by studio.Actor, in *ShotPath) (*record[studio.ShotPage], error) {
	p, err := a.studio.Shot(ctx, by, in.Shot)
	return one(p, p.Shot.Rev, err)
}

func (a *API) editShot(ctx context.Context, by studio.Actor, rev int64, in *struct {
	ShotPath
	Body studio.ShotEdit
}) (*record[studio.Shot], error) {
	s, err := a.studio.EditShot(ctx, by, in.Shot, rev, in.Body)
	return one(s, s.Rev, err)
}

func (a *API) deleteShot(ctx context.Context, by studio.Actor, rev int64, in *ShotPath) (*record[studio.Shot], error) {
	s, err := a.studio.DeleteShot(ctx, by, in.Shot, rev)
	return one(s, s.Rev, err)
}

func (a *API) restoreShot(ctx context.Context, by studio.Actor, in *ShotPath) (*record[studio.Shot], error) {
	s, err := a.studio.RestoreShot(ctx, by, in.Shot)
	return one(s, s.Rev, err)
}

func (a *API) splitShot(ctx context.Context, by studio.Actor, in *struct {
	ShotPath
	Body studio.SplitIn
}) (*plain[items[studio.Shot]], error) {
	return all(a.studio.SplitShot(ctx, by, in.Shot, in.Body))
}

func (a *API) moveShot(ctx context.Context, by studio.Actor, in *struct {
	ShotPath
	Body studio.StateIn
}) (*record[studio.Shot], error) {
	s, err := a.studio.MoveShot(ctx, by, in.Shot, in.Body)
	return one(s, s.Rev, err)
}

func (a *API) assignShots(ctx context.Context, by studio.Actor, in *struct{ Body studio.AssignIn }) (*plain[items[studio.Shot]], error) {
	return all(a.studio.AssignShots(ctx, by, in.Body))
}

func (a *API) pickTake(ctx context.Context, by studio.Actor, in *struct {
	ShotPath
	Body studio.PickIn
}) (*record[studio.Shot], error) {
	s, err := a.studio.PickTake(ctx, by, in.Shot, in.Body)
	return one(s, s.Rev, err)
}

func (a *API) picks(ctx context.Context, by studio.Actor, in *ShotPath) (*plain[items[studio.PickRow]], error) {
	return all(a.studio.Picks(ctx, by, in.Shot))
}
