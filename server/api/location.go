package api

import (
	"context"

	"chouka/server/studio"
)

// LocationPath names one location.
type LocationPath struct {
	Location string `path:"location"`
}

// PhotoPath names one photo of a location.
type PhotoPath struct {
	LocationPath
	Photo string `path:"photo"`
}

func (a *API) locations(ctx context.Context, by studio.Actor, in *struct {
	Paged
	Q string `query:"q" maxLength:"200" doc:"part of a name or an alias"`
}) (*plain[studio.List[studio.Location]], error) {
	return page(a.studio.Locations(ctx, by, in.Q, in.page()))
}

func (a *API) createLocation(ctx context.Context, by studio.Actor, in *struct{ Body studio.LocationIn }) (*record[studio.Location], error) {
	l, err := a.studio.CreateLocation(ctx, by, in.Body)
	return one(l, l.Rev, err)
}

func (a *API) location(ctx context.Context, by studio.Actor, in *LocationPath) (*record[studio.Location], error) {
	l, err := a.studio.Location(ctx, by, in.Location)
	return one(l, l.Rev, err)
}

func (a *API) editLocation(ctx context.Context, by studio.Actor, rev int64, in *struct {
	LocationPath
	Body studio.LocationIn
}) (*record[studio.Location], error) {
	l, err := a.studio.EditLocation(ctx, by, in.Location, rev, in.Body)
	return one(l, l.Rev, err)
}

func (a *API) addPhoto(ctx context.Context, by studio.Actor, in *struct {
	LocationPath
	Name string `query:"name" required:"true" doc:"the file's name"`
	Area string `query:"area" doc:"the id of the area that it shows"`
	Note string `query:"note"`
	Raw
}) (*record[studio.Location], error) {
	l, err := a.studio.AddPhoto(ctx, by, in.Location, in.Name, in.Area, in.Note, in.file)
	return one(l, l.Rev, err)
}

func (a *API) removePhoto(ctx context.Context, by studio.Actor, rev int64, in *PhotoPath) (*record[studio.Location], error) {
	l, err := a.studio.RemovePhoto(ctx, by, in.Location, in.Photo, rev)
	return one(l, l.Rev, err)
}

func (a *API) photo(ctx context.Context, by studio.Actor, in *struct {
	PhotoPath
	Size string `path:"size" enum:"thumb,preview,original"`
}) (*studio.File, error) {
	return a.studio.PhotoFile(ctx, by, in.Location, in.Photo, in.Size)
}
