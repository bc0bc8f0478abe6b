package api

import (
	"context"
	"fmt"
	"io"
	"time"

	"chouka/server/studio"
)

// ImportPath names one import of figures.
type ImportPath struct {
	Import string `path:"import"`
}

// StrayPath names one name that waits for its title.
type StrayPath struct {
	Stray string `path:"stray"`
}

func (a *API) previewFigures(ctx context.Context, by studio.Actor, in *struct {
	Name     string    `query:"name" doc:"the file's name; empty for text that was pasted"`
	Modified time.Time `query:"modified" doc:"when the file was last written, as the browser says"`
	Raw
}) (*plain[studio.FigurePreview], error) {
	data, err := io.ReadAll(in.file)
	if err != nil {
		return nil, fmt.Errorf("receiving a table: %w", err)
	}
	return value(a.studio.PreviewFigures(ctx, by, studio.TableFile{Name: in.Name, Data: data}, in.Modified))
}

func (a *API) previewFiguresAgain(ctx context.Context, by studio.Actor, in *struct{ Body studio.KeptFigures }) (*plain[studio.FigurePreview], error) {
	return value(a.studio.PreviewKeptFigures(ctx, by, in.Body))
}

func (a *API) importFigures(ctx context.Context, by studio.Actor, in *struct{ Body studio.KeptFigures }) (*plain[studio.ImportOutcome], error) {
	return value(a.studio.ImportFigures(ctx, by, in.Body))
}

func (a *API) imports(ctx context.Context, by studio.Actor, in *Paged) (*plain[studio.List[studio.Import]], error) {
	return page(a.studio.Imports(ctx, by, in.page()))
}

func (a *API) oneImport(ctx context.Context, by studio.Actor, in *ImportPath) (*record[studio.Import], error) {
	i, err := a.studio.Import(ctx, by, in.Import)
	return one(i, i.Rev, err)
}

func (a *API) undoFigures(ctx context.Context, by studio.Actor, in *ImportPath) (*plain[studio.ImportOutcome], error) {
	return value(a.studio.UndoFigures(ctx, by, in.Import))
}

func (a *API) importFile(ctx context.Context, by studio.Actor, in *ImportPath) (*studio.Document, error) {
	return a.studio.ImportFile(ctx, by, in.Import)
}

func (a *API) strays(ctx context.Context, by studio.Actor, in *struct {
	Ignored bool `query:"ignored" doc:"those that were ignored, instead of those that wait"`
	Paged
}) (*plain[studio.List[studio.StrayRow]], error) {
	if in.Ignored {
		return page(a.studio.IgnoredStrays(ctx, by, in.page()))
	}
	return page(a.studio.Strays(ctx, by, in.page()))
}

func (a *API) matchStray(ctx context.Context, by studio.Actor, in *struct {
	StrayPath
	Body studio.MatchIn
}) (*plain[studio.ImportOutcome], error) {
	return value(a.studio.MatchStray(ctx, by, in.Stray, in.Body))
}

func (a *API) ignoreStray(ctx context.Context, by studio.Actor, in *struct {
	StrayPath
	Body struct {
		Ignore bool `json:"ignore"`
	}
}) (*plain[studio.Stray], error) {
	return value(a.studio.IgnoreStray(ctx, by, in.Stray, in.Body.Ignore))
}
