package api

import (
	"mime"
	"mime/multipart"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humaecho"
)

// maxParts is how many files one attempt may bring.
const maxParts = 16

// form is the body of a posted attempt: JSON, or parts that are read as they come.
type form struct {
	json  []byte
	parts *multipart.Reader
}

// takePost prepares a body that is JSON or a form of parts.
func (a *API) takePost(r route) func(huma.Context, func(huma.Context)) {
	return func(ctx huma.Context, next func(huma.Context)) {
		e, c := humaecho.Unwrap(ctx), callOf(ctx.Context())
		var err error
		kind, params, _ := mime.ParseMediaType(e.Request().Header.Get("Content-Type"))
		if r.takes == postBody && strings.HasPrefix(kind, "multipart/") {
			if c.by.Once, err = onceOf(e.Request(), nil); err == nil {
				c.upload = newUpload(e.Response(), e.Request(), r.limit, 0)
				c.form = &form{parts: multipart.NewReader(c.upload, params["boundary"])}
			}
		} else {
			limit := int64(postLimit)
			if r.takes == bulkBody {
				limit = bulkLimit
			}
			c.form = &form{}
			if c.form.json, err = readJSON(e.Response(), e.Request(), limit); err == nil {
				c.by.Once, err = onceOf(e.Request(), c.form.json)
			}
		}
		if err != nil {
			a.writeProblem(e.Response(), c, a.problem(c, err))
			return
		}
		next(ctx)
	}
}
