package api

import (
	"context"
	"strings"
	"time"

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

// PlaceAsk is what a list of locations is narrowed by.
type PlaceAsk struct {
	Q        string    `query:"q" maxLength:"200" doc:"characters, pinyin or initials"`
	Status   string    `query:"status" enum:"wanted,scouting,held,confirmed,released"`
	Tag      string    `query:"tag" maxLength:"500" doc:"tags with commas between them; a location has all of them"`
	MaxPrice int64     `query:"max_price" minimum:"0" doc:"at most this for a unit, in 1/10,000 of the currency; only prices of that unit and currency are compared"`
	Unit     string    `query:"unit" enum:"day,hour,flat" doc:"of max_price and of the sort by price; a day when absent"`
	Currency string    `query:"currency" pattern:"^[A-Z]{3}$" doc:"ISO 4217, of max_price and of the sort by price; CNY when absent. Places with a price in another come after, each currency by itself"`
	FreeFrom time.Time `query:"free_from" doc:"with free_to: the place or an area of it is neither booked nor closed in that time; free says which"`
	FreeTo   time.Time `query:"free_to"`
	Near     string    `query:"near" pattern:"^-?[0-9.]+,-?[0-9.]+$" maxLength:"60" doc:"latitude,longitude in WGS-84"`
	Within   int64     `query:"within" minimum:"0" doc:"metres from near"`
	Sort     string    `query:"sort" enum:"name,near,price"`
}

// query gives the studio what was asked.
func (q *PlaceAsk) query() studio.PlaceQuery {
	out := studio.PlaceQuery{Q: q.Q, Status: studio.PlaceStatus(q.Status), MaxPrice: q.MaxPrice, Unit: studio.PriceUnit(q.Unit), Currency: q.Currency,
		FreeFrom: q.FreeFrom, FreeTo: q.FreeTo, Near: q.Near, WithinM: q.Within, Sort: q.Sort}
	if q.Tag != "" {
		out.Tags = strings.Split(q.Tag, ",")
	}
	return out
}

func (a *API) locations(ctx context.Context, by studio.Actor, in *struct {
	Paged
	PlaceAsk
}) (*plain[studio.List[studio.Location]], error) {
	return page(a.studio.FindLocations(ctx, by, in.query(), in.page()))
}

func (a *API) placesGeoJSON(ctx context.Context, by studio.Actor, in *PlaceAsk) (*studio.Document, error) {
	return a.studio.PlacesGeoJSON(ctx, by, in.query())
}

func (a *API) placeTags(ctx context.Context, by studio.Actor, _ *struct{}) (*plain[items[studio.TagCount]], error) {
	return all(a.studio.PlaceTags(ctx, by))
}

func (a *API) placeCurrencies(ctx context.Context, by studio.Actor, _ *struct{}) (*plain[items[studio.CurrencyCount]], error) {
	return all(a.studio.PlaceCurrencies(ctx, by))
}

func (a *API) placeNotices(ctx context.Context, by studio.Actor, _ *struct{}) (*plain[items[studio.PlaceNotice]], error) {
	return all(a.studio.PlaceNotices(ctx, by))
}

func (a *API) readPoint(ctx context.Context, by studio.Actor, in *struct{ Body studio.PointText }) (*plain[studio.PointRead], error) {
	return value(a.studio.ReadPoint(ctx, by, in.Body))
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

func (a *API) editPhoto(ctx context.Context, by studio.Actor, rev int64, in *struct {
	PhotoPath
	Body studio.PhotoEdit
}) (*record[studio.Location], error) {
	l, err := a.studio.EditPhoto(ctx, by, in.Location, in.Photo, rev, in.Body)
	return one(l, l.Rev, err)
}

func (a *API) sharedPhoto(ctx context.Context, by studio.Actor, in *PhotoPath) (*studio.Document, error) {
	return a.studio.SharedPhoto(ctx, by, in.Location, in.Photo)
}
