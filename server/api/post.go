package api

import (
	"context"
	"encoding/json"
	"net/http"
	"reflect"
	"strconv"

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
	if f.parts != nil {
		return a.bookParts(ctx, by, f.parts)
	}
	post, err := a.decodePost(f.json)
	if err != nil {
		return studio.AttemptRow{}, err
	}
	return a.studio.PostAttempt(ctx, by, post)
}

// postAttempts books many attempts, each for itself: one that is refused stops no other.
func (a *API) postAttempts(ctx context.Context, by studio.Actor, in *struct{ Posted }) (*plain[BulkOut], error) {
	list := &huma.Schema{Type: huma.TypeObject, AdditionalProperties: false, Required: []string{"items"},
		Properties: map[string]*huma.Schema{"items": {Type: huma.TypeArray, Items: &huma.Schema{}}}}
	var many struct {
		Items []json.RawMessage `json:"items"`
	}
	if err := a.decode(in.form.json, list, &many); err != nil {
		return nil, err
	}
	if n := len(many.Items); n == 0 || n > maxBulk {
		return nil, wrongBulk()
	}
	out := BulkOut{Items: make([]BulkItem, len(many.Items))}
	for i, raw := range many.Items {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		each := by
		if by.Once.Key != "" { // every item is repeatable by itself
			each.Once.Key += "#" + strconv.Itoa(i)
		}
		out.Items[i] = a.bookItem(ctx, each, i, raw)
	}
	return &plain[BulkOut]{Body: out}, nil
}

func (a *API) bookItem(ctx context.Context, by studio.Actor, i int, raw []byte) BulkItem {
	post, err := a.decodePost(raw)
	var row studio.AttemptRow
	if err == nil {
		row, err = a.studio.PostAttempt(ctx, by, post)
	}
	if err != nil {
		p := a.problem(callOf(ctx), err)
		return BulkItem{Index: i, Status: p.Status, Problem: &BulkProblem{Code: p.Code, Detail: p.Detail, Fields: p.Errors}}
	}
	status := http.StatusCreated
	if row.Duplicate {
		status = http.StatusOK
	}
	return BulkItem{Index: i, Status: status, Row: &row}
}

// decodePost reads one AttemptPost, strictly: an unknown field is refused with its place.
func (a *API) decodePost(b []byte) (studio.AttemptPost, error) {
	var out studio.AttemptPost
	err := a.decode(b, &huma.Schema{Ref: "#/components/schemas/AttemptPost"}, &out)
	return out, err
}

// decode checks JSON by its schema, as Huma does for the other routes, and reads it.
func (a *API) decode(b []byte, s *huma.Schema, to any) error {
	var v any
	if err := json.Unmarshal(b, &v); err != nil {
		return malformed()
	}
	s.PrecomputeMessages()
	var found huma.ValidateResult
	at := huma.NewPathBuffer(make([]byte, 0, 64), 0)
	at.Push("body")
	huma.Validate(a.huma.OpenAPI().Components.Schemas, s, at, huma.ModeWriteToServer, v, &found)
	if len(found.Errors) > 0 {
		return misfit(found.Errors)
	}
	if err := json.Unmarshal(b, to); err != nil {
		return malformed()
	}
	return nil
}

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
