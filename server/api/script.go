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
