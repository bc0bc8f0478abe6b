package api

import (
	"context"

	"chouka/server/studio"
)

// AttemptPath names one attempt.
type AttemptPath struct {
	Attempt string `path:"attempt"`
}

func (a *API) attempts(ctx context.Context, by studio.Actor, in *struct {
	ShotPath
	Paged
}) (*plain[studio.List[studio.AttemptRow]], error) {
	return page(a.studio.Attempts(ctx, by, in.Shot, in.page()))
}

func (a *API) logAttempt(ctx context.Context, by studio.Actor, in *struct {
	ShotPath
	Body studio.AttemptIn
}) (*record[studio.AttemptRow], error) {
	r, err := a.studio.LogAttempt(ctx, by, in.Shot, in.Body)
	return one(r, r.Attempt.Rev, err)
}

func (a *API) logFile(ctx context.Context, by studio.Actor, in *struct {
	ShotPath
	Name    string `query:"name" required:"true" doc:"the file's name"`
	Attempt string `query:"attempt" doc:"id of the attempt whose result it is"`
	Way     string `query:"way" enum:"upload,watch,paste" doc:"upload when absent"`
	Camera  bool   `query:"camera" doc:"a clip of a real shoot, not a generated one"`
	Day     string `query:"day" doc:"the shooting day of a camera clip"`
	Raw
}) (*record[studio.AttemptRow], error) {
	r, err := a.studio.BookFile(ctx, by, in.Shot, studio.Arrival{Name: in.Name, Attempt: in.Attempt, Way: in.Way, Camera: in.Camera, DayID: in.Day}, in.file)
	return one(r, r.Attempt.Rev, err)
}

func (a *API) attempt(ctx context.Context, by studio.Actor, in *AttemptPath) (*record[studio.AttemptDetail], error) {
	d, err := a.studio.Attempt(ctx, by, in.Attempt)
	return one(d, d.Row.Attempt.Rev, err)
}

func (a *API) addBeside(ctx context.Context, by studio.Actor, in *struct {
	AttemptPath
	Name string `query:"name" required:"true" doc:"the file's name"`
	Raw
}) (*record[studio.AttemptRow], error) {
	r, err := a.studio.AddBeside(ctx, by, in.Attempt, in.Name, in.file)
	return one(r, r.Attempt.Rev, err)
}

func (a *API) beside(ctx context.Context, by studio.Actor, in *struct {
	AttemptPath
	SHA256 string `path:"sha256"`
}) (*studio.File, error) {
	return a.studio.BesideFile(ctx, by, in.Attempt, in.SHA256)
}

func (a *API) readText(ctx context.Context, by studio.Actor, in *struct {
	Body struct {
		Text string `json:"text"`
	} `nameHint:"ReadIn"`
}) (*plain[studio.Said], error) {
	return value(a.studio.ReadText(ctx, by, in.Body.Text))
}

func (a *API) editAttempt(ctx context.Context, by studio.Actor, rev int64, in *struct {
	AttemptPath
	Body studio.AttemptEdit
}) (*record[studio.Attempt], error) {
	t, err := a.studio.EditAttempt(ctx, by, in.Attempt, rev, in.Body)
	return one(t, t.Rev, err)
}

func (a *API) deleteAttempt(ctx context.Context, by studio.Actor, rev int64, in *AttemptPath) (*record[studio.Attempt], error) {
	t, err := a.studio.DeleteAttempt(ctx, by, in.Attempt, rev)
	return one(t, t.Rev, err)
}

func (a *API) restoreAttempt(ctx context.Context, by studio.Actor, in *AttemptPath) (*record[studio.AttemptRow], error) {
	r, err := a.studio.RestoreAttempt(ctx, by, in.Attempt)
	return one(r, r.Attempt.Rev, err)
}

func (a *API) moveAttempt(ctx context.Context, by studio.Actor, in *struct {
	AttemptPath
	Body struct {
		ShotID string `json:"shot_id"`
	} `nameHint:"MoveIn"`
}) (*record[studio.AttemptRow], error) {
	r, err := a.studio.MoveAttempt(ctx, by, in.Attempt, in.Body.ShotID)
	return one(r, r.Attempt.Rev, err)
}

func (a *API) myDay(ctx context.Context, by studio.Actor, in *struct {
	Paged
	Date string `query:"date" doc:"a day in the studio's zone, 2006-01-02; today when absent"`
}) (*plain[studio.Day], error) {
	return value(a.studio.MyDay(ctx, by, in.Date, in.page()))
}
