package api

import (
	"context"
	"fmt"
	"io"

	"chouka/server/studio"
)

// ScriptPath names one version of a script.
type ScriptPath struct {
	Script string `path:"script"`
}

// ScriptUpload is a script as it was delivered, with how to read it.
type ScriptUpload struct {
	Name     string `query:"name" required:"true" doc:"the file's name"`
	Encoding string `query:"encoding" doc:"how to read the bytes, one of a preview's encodings; found out when absent"`
	Raw
}

func (u *ScriptUpload) read() (studio.ScriptFile, error) {
	data, err := io.ReadAll(u.file)
	if err != nil {
		return studio.ScriptFile{}, fmt.Errorf("receiving a script: %w", err)
	}
	f := studio.ScriptFile{Name: u.Name, Data: data}
	set(&f.Encoding, u.Encoding)
	return f, nil
}

// set gives text the type of its place, whose package is the studio's business.
func set[T ~string](place *T, text string) { *place = T(text) }

func (a *API) previewScript(ctx context.Context, by studio.Actor, in *struct {
	TitlePath
	ScriptUpload
}) (*plain[studio.Preview], error) {
	f, err := in.read()
	if err != nil {
		return nil, err
	}
	return value(a.studio.PreviewScript(ctx, by, in.Title, f))
}

func (a *API) importScript(ctx context.Context, by studio.Actor, in *struct {
	TitlePath
	ScriptUpload
	SHA256 string `query:"sha256" required:"true" doc:"what the preview said, so that what was looked at is imported"`
	Note   string `query:"note"`
}) (*record[studio.ScriptVersion], error) {
	f, err := in.read()
	if err != nil {
		return nil, err
	}
	v, err := a.studio.ImportScript(ctx, by, in.Title, studio.ScriptIn{ScriptFile: f, SHA256: in.SHA256, Note: in.Note})
	return one(v, v.Rev, err)
}

func (a *API) scripts(ctx context.Context, by studio.Actor, in *TitlePath) (*plain[items[studio.ScriptVersion]], error) {
	return all(a.studio.Scripts(ctx, by, in.Title))
}

func (a *API) script(ctx context.Context, by studio.Actor, in *ScriptPath) (*record[studio.ScriptVersion], error) {
	v, err := a.studio.Script(ctx, by, in.Script)
	return one(v, v.Rev, err)
}

func (a *API) scriptOriginal(ctx context.Context, by studio.Actor, in *ScriptPath) (*studio.File, error) {
	return a.studio.ScriptOriginal(ctx, by, in.Script)
}

func (a *API) previewKept(ctx context.Context, by studio.Actor, in *struct {
	TitlePath
	Body studio.KeptScript
}) (*plain[studio.Preview], error) {
	return value(a.studio.PreviewKept(ctx, by, in.Title, in.Body))
}

func (a *API) importKept(ctx context.Context, by studio.Actor, in *struct {
	TitlePath
	Body studio.KeptScript
}) (*record[studio.ScriptVersion], error) {
	v, err := a.studio.ImportKept(ctx, by, in.Title, in.Body)
	return one(v, v.Rev, err)
}

func (a *API) compareScripts(ctx context.Context, by studio.Actor, in *struct {
	ScriptPath
	Other string `path:"other"`
}) (*plain[items[studio.ComparedScene]], error) {
	return all(a.studio.CompareScripts(ctx, by, in.Script, in.Other))
}

func (a *API) undoImport(ctx context.Context, by studio.Actor, in *ScriptPath) (*record[studio.ScriptVersion], error) {
	v, err := a.studio.UndoImport(ctx, by, in.Script)
	return one(v, v.Rev, err)
}

func (a *API) lockEpisode(ctx context.Context, by studio.Actor, in *struct {
	EpisodePath
	Body struct {
		Locked bool `json:"locked"`
	} `nameHint:"LockIn"`
}) (*record[studio.Episode], error) {
	e, err := a.studio.LockEpisode(ctx, by, in.Episode, in.Body.Locked)
	return one(e, e.Rev, err)
}

func (a *API) scriptText(ctx context.Context, by studio.Actor, in *struct {
	ScriptPath
	Format string `query:"format" required:"true" enum:"txt,docx,fountain"`
}) (*studio.Document, error) {
	return a.studio.ScriptText(ctx, by, in.Script, in.Format)
}

func (a *API) clearStale(ctx context.Context, by studio.Actor, in *ShotPath) (*record[studio.Shot], error) {
	x, err := a.studio.ClearStale(ctx, by, in.Shot)
	return one(x, x.Rev, err)
}

func (a *API) linkLines(ctx context.Context, by studio.Actor, in *struct {
	ShotPath
	Body struct {
		Lines []string `json:"lines"`
	} `nameHint:"LinesIn"`
}) (*record[studio.Shot], error) {
	x, err := a.studio.LinkLines(ctx, by, in.Shot, in.Body.Lines)
	return one(x, x.Rev, err)
}

func (a *API) proposeShots(ctx context.Context, by studio.Actor, in *ScenePath) (*plain[items[studio.ProposedShot]], error) {
	return all(a.studio.ProposeShots(ctx, by, in.Scene))
}

func (a *API) addShots(ctx context.Context, by studio.Actor, in *struct {
	ScenePath
	Body struct {
		Shots []studio.ProposedShot `json:"shots"`
	} `nameHint:"ProposedIn"`
}) (*plain[items[studio.Shot]], error) {
	return all(a.studio.AddShots(ctx, by, in.Scene, in.Body.Shots))
}
