package api

import (
	"context"
	"fmt"
	"io"

	"chouka/server/studio"
)

// TablePath names one kind of table of a title.
type TablePath struct {
	TitlePath
	Kind studio.TableKind `path:"kind" enum:"shots,kitsu-shots,kitsu-assets,kitsu-casting,kitsu-people,scenes"`
}

func (a *API) previewTable(ctx context.Context, by studio.Actor, in *struct {
	TablePath
	Name string `query:"name" doc:"the file's name; empty for text that was pasted"`
	Raw
}) (*plain[studio.TablePreview], error) {
	data, err := io.ReadAll(in.file)
	if err != nil {
		return nil, fmt.Errorf("receiving a table: %w", err)
	}
	return value(a.studio.PreviewTable(ctx, by, in.Title, in.Kind, studio.TableFile{Name: in.Name, Data: data}))
}

func (a *API) previewTableAgain(ctx context.Context, by studio.Actor, in *struct {
	TablePath
	Body studio.KeptTable
}) (*plain[studio.TablePreview], error) {
	return value(a.studio.PreviewKeptTable(ctx, by, in.Title, in.Kind, in.Body))
}

func (a *API) importTable(ctx context.Context, by studio.Actor, in *struct {
	TablePath
	Body studio.KeptTable
}) (*plain[studio.TableOutcome], error) {
	return value(a.studio.ImportTable(ctx, by, in.Title, in.Kind, in.Body))
}

func (a *API) exportTable(ctx context.Context, by studio.Actor, in *struct {
	TablePath
	Format  string `query:"format" required:"true" enum:"csv,xlsx"`
	Episode string `query:"episode" doc:"an episode's id; all when absent"`
	Order   string `query:"order" enum:"script,place" doc:"of scenes"`
}) (*studio.Document, error) {
	return a.studio.ExportTable(ctx, by, in.Title, in.Kind, in.Episode, in.Format, in.Order)
}

func (a *API) search(ctx context.Context, by studio.Actor, in *struct {
	Q     string `query:"q" required:"true" maxLength:"200" doc:"characters, pinyin or initials"`
	Title string `query:"title" doc:"the title that is near: its scripts and shots are looked through first"`
	Limit int    `query:"limit" minimum:"0" maximum:"100"`
}) (*plain[items[studio.Hit]], error) {
	return all(a.studio.Search(ctx, by, in.Q, in.Title, in.Limit))
}
