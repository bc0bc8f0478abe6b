package api

import (
	"context"

	"chouka/server/studio"
)

// ReferencePath names one sheet.
type ReferencePath struct {
	Reference string `path:"reference"`
}

// RefPicturePath names one picture of a sheet.
type RefPicturePath struct {
	ReferencePath
	Picture string `path:"picture"`
}

func (a *API) references(ctx context.Context, by studio.Actor, in *struct {
	TitlePath
	Element  string `query:"element" doc:"an element's id"`
	Archived bool   `query:"archived" doc:"archived ones too"`
}) (*plain[items[studio.Reference]], error) {
	return all(a.studio.References(ctx, by, in.Title, in.Element, in.Archived))
}

func (a *API) reference(ctx context.Context, by studio.Actor, in *ReferencePath) (*record[studio.Reference], error) {
	r, err := a.studio.Reference(ctx, by, in.Reference)
	return one(r, r.Rev, err)
}

func (a *API) shotReferences(ctx context.Context, by studio.Actor, in *ShotPath) (*plain[items[studio.Reference]], error) {
	return all(a.studio.ShotReferences(ctx, by, in.Shot))
}

func (a *API) addReference(ctx context.Context, by studio.Actor, in *struct {
	TitlePath
	Body studio.ReferenceIn
}) (*record[studio.Reference], error) {
	r, err := a.studio.AddReference(ctx, by, in.Title, in.Body)
	return one(r, r.Rev, err)
}

func (a *API) editReference(ctx context.Context, by studio.Actor, rev int64, in *struct {
	ReferencePath
	Body studio.ReferenceIn
}) (*record[studio.Reference], error) {
	r, err := a.studio.EditReference(ctx, by, in.Reference, rev, in.Body)
	return one(r, r.Rev, err)
}

func (a *API) addRefPicture(ctx context.Context, by studio.Actor, in *struct {
	ReferencePath
	Name    string `query:"name" required:"true" doc:"the file's name"`
	Caption string `query:"caption"`
	Replace bool   `query:"replace" doc:"begin a new edition with this picture"`
	Raw
}) (*record[studio.Reference], error) {
	r, err := a.studio.AddRefPicture(ctx, by, in.Reference, in.Name, in.Caption, in.Replace, in.file)
	return one(r, r.Rev, err)
}

func (a *API) removeRefPicture(ctx context.Context, by studio.Actor, rev int64, in *RefPicturePath) (*record[studio.Reference], error) {
	r, err := a.studio.RemoveRefPicture(ctx, by, in.Reference, in.Picture, rev)
	return one(r, r.Rev, err)
}

func (a *API) refPicture(ctx context.Context, by studio.Actor, in *struct {
	RefPicturePath
	Size string `path:"size" enum:"thumb,preview,original"`
}) (*studio.File, error) {
	return a.studio.RefPicture(ctx, by, in.Reference, in.Picture, in.Size)
}

func (a *API) sheetUses(ctx context.Context, by studio.Actor, in *struct {
	ReferencePath
	Paged
	Outdated bool `query:"outdated" doc:"only takes drawn from an edition that was replaced"`
}) (*plain[studio.List[studio.SheetUse]], error) {
	return page(a.studio.SheetUses(ctx, by, in.Reference, in.Outdated, in.page()))
}
