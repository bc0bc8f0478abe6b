package api

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"reflect"

	"chouka/server/studio"

	"github.com/danielgtaylor/huma/v2"
)

const (
	postLimit = 4 << 20
	bulkLimit = 8 << 20
	maxBulk   = 500
)

// booked answers with an attempt: 201, or 200 when nothing new was booked.
type booked struct {
	Status int
	ETag   string `header:"ETag" doc:"the revision, for If-Match"`
	Body   studio.AttemptRow
}

// BulkIn is many attempts at once.
type BulkIn struct {
	Items []studio.AttemptPost `json:"items" minItems:"1" maxItems:"500"`
}

// BulkOut says what became of each, in order.
type BulkOut struct {
	Items []BulkItem `json:"items"`
}

// BulkItem is what became of one attempt: booked (201), known already (200), or refused.
type BulkItem struct {
	Index   int                `json:"index"`
	Status  int                `json:"status"`
	Row     *studio.AttemptRow `json:"row,omitempty"`
	Problem *BulkProblem       `json:"problem,omitempty"`
}

// BulkProblem says why one attempt was refused.
type BulkProblem struct {
	Code   string         `json:"code"`
	Detail string         `json:"detail"`
	Fields []ProblemField `json:"fields"`
}

// Posted is the body of a route that reads it by itself.
type Posted struct {
	form *form
}

// Resolve hands the handler the body that takePost prepared.
func (p *Posted) Resolve(ctx huma.Context) []error {
	p.form = callOf(ctx.Context()).form
	return nil
}

func (a *API) postAttempt(ctx context.Context, by studio.Actor, in *struct{ Posted }) (*booked, error) {
	r, err := a.bookForm(ctx, by, in.form)
	if err != nil {
		return nil, err
	}
	out := &booked{Status: http.StatusCreated, ETag: etag(r.Attempt.Rev), Body: r}
	if r.Duplicate {
		out.Status = http.StatusOK
	}
	return out, nil
}

func (a *API) bookForm(ctx context.Context, by studio.Actor, f *form) (studio.AttemptRow, error) {
	if f.parts == nil {
		post, err := a.decodePost(f.json)
		if err != nil {
			return studio.AttemptRow{}, err
		}
		return a.studio.PostAttempt(ctx, by, post)
	}
	return studio.AttemptRow{}, unknown("attempt")
}

func (a *API) postAttempts(ctx context.Context, by studio.Actor, in *struct{ Posted }) (*plain[BulkOut], error) {
	return nil, unknown("attempt")
}

// decodePost reads one AttemptPost, strictly: an unknown field is refused with its place.
func (a *API) decodePost(b []byte) (studio.AttemptPost, error) {
	var v any
	if err := json.Unmarshal(b, &v); err != nil {
		return studio.AttemptPost{}, malformed()
	}
	var found huma.ValidateResult
	huma.Validate(a.huma.OpenAPI().Components.Schemas, postSchema(), huma.NewPathBuffer([]byte("body"), 0), huma.ModeWriteToServer, v, &found)
	if len(found.Errors) > 0 {
		return studio.AttemptPost{}, misfit(found.Errors)
	}
	var out studio.AttemptPost
	d := json.NewDecoder(bytes.NewReader(b))
	d.DisallowUnknownFields()
	if err := d.Decode(&out); err != nil {
		return studio.AttemptPost{}, malformed()
	}
	return out, nil
}

func postSchema() *huma.Schema { return &huma.Schema{Ref: "#/components/schemas/AttemptPost"} }

// misfit words what a schema found wrong.
func misfit(found []error) *statusError {
	e := refusal(http.StatusUnprocessableEntity, "invalid", wordsFor(0).ZH, wordsFor(0).EN)
	details := make([]*huma.ErrorDetail, 0, len(found))
	for _, f := range found {
		if d, ok := f.(*huma.ErrorDetail); ok {
			details = append(details, d)
		}
	}
	e.fields = fieldsOf(details)
	if len(e.fields) == 1 {
		e.text = e.fields[0].Text
	}
	return e
}

// describePost adds to the document what a route of its own body takes.
func (a *API) describePost(op *huma.Operation, r route) {
	schemas := a.huma.OpenAPI().Components.Schemas
	post := schemas.Schema(reflect.TypeFor[studio.AttemptPost](), true, "")
	if r.takes == bulkBody {
		many := schemas.Schema(reflect.TypeFor[BulkIn](), true, "")
		op.RequestBody = &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{"application/json": {Schema: many}}}
		return
	}
	files := &huma.Schema{Type: huma.TypeArray, Items: &huma.Schema{Type: huma.TypeString, Format: "binary"}}
	parts := &huma.Schema{Type: huma.TypeObject, Properties: map[string]*huma.Schema{"attempt": post, "file": files, "beside": files}}
	for _, name := range plainParts() {
		parts.Properties[name] = &huma.Schema{Type: huma.TypeString}
	}
	op.RequestBody = &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{
		"application/json": {Schema: post}, "multipart/form-data": {Schema: parts}}}
	row := schemas.Schema(reflect.TypeFor[studio.AttemptRow](), true, "")
	op.Responses["200"] = &huma.Response{Description: "nothing new was booked: the row says duplicate",
		Content: map[string]*huma.MediaType{"application/json": {Schema: row}}}
}

// plainParts are the fields of a form that are text, for whoever has no JSON.
func plainParts() []string {
	return []string{"shot", "title", "prompt", "service", "model", "seed", "task_id", "status", "remark", "way"}
}
