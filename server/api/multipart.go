package api

import (
	"context"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"slices"
	"strings"
	"unicode/utf8"

	"chouka/server/studio"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humaecho"
)

// plainSize limits one text part, in bytes.
const plainSize = 128 << 10

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

// parts is a form as it is read: what it says and the files that are kept already.
type parts struct {
	post  *studio.AttemptPost // from the part attempt
	text  map[string]string   // from the plain parts
	files []studio.Kept
	count map[string]int
}

// bookParts reads a form part by part. Every file is kept before anything is
// booked, so that a refused one leaves nothing behind but bytes that are swept.
// No part may come more often than takePart allows, which bounds how many there are.
func (a *API) bookParts(ctx context.Context, by studio.Actor, r *multipart.Reader) (studio.AttemptRow, error) {
	p := parts{text: map[string]string{}, count: map[string]int{}}
	for n := 0; ; n++ {
		part, err := r.NextPart()
		if errors.Is(err, io.EOF) && n > 0 {
			break
		}
		if err != nil {
			return studio.AttemptRow{}, broken()
		}
		if err := a.takePart(ctx, by, &p, part); err != nil {
			return studio.AttemptRow{}, err
		}
	}
	post, err := p.said()
	if err != nil {
		return studio.AttemptRow{}, err
	}
	return a.studio.PostAttempt(ctx, by, post, p.files...)
}

func (a *API) takePart(ctx context.Context, by studio.Actor, p *parts, part *multipart.Part) error {
	name := part.FormName()
	p.count[name]++
	var err error
	switch {
	case name == "file" || name == "beside":
		err = a.takeFile(ctx, by, p, part, name)
	case name == "attempt":
		err = a.takeAttempt(ctx, by, p, part)
	case slices.Contains(plainParts(), name):
		var b []byte
		if b, err = readPart(part, plainSize); err == nil && p.count[name] > 1 {
			err = wrongForm("twice", name+" 只能写一次", name+" may be given once")
		}
		p.text[name] = string(b)
	default:
		err = wrongForm("part", "表单里有不认识的部分。可以有 attempt、file、beside 和 "+strings.Join(plainParts(), "、"),
			"the form has a part that is not known; it may have attempt, file, beside and "+strings.Join(plainParts(), ", "))
	}
	if errors.Is(err, io.ErrUnexpectedEOF) {
		return broken()
	}
	return err
}

func (a *API) takeAttempt(ctx context.Context, by studio.Actor, p *parts, part *multipart.Part) error {
	if p.count["file"]+p.count["beside"] > 0 {
		return wrongForm("order", "attempt 要放在文件前面", "the part attempt goes before the files")
	}
	if p.post != nil {
		return wrongForm("twice", "attempt 只能写一次", "attempt may be given once")
	}
	b, err := readPart(part, postLimit)
	if err != nil {
		return err
	}
	post, err := a.decodePost(b)
	if err != nil {
		return err
	}
	p.post = &post
	return a.studio.Admit(ctx, by, post)
}

func (a *API) takeFile(ctx context.Context, by studio.Actor, p *parts, part *multipart.Part, name string) error {
	if part.FileName() == "" {
		return wrongForm("name", "每个文件都要带文件名", "every file needs its name")
	}
	if p.count[name] > studio.MaxFiles {
		return studio.TooManyFiles()
	}
	limit, keep := a.o.MaxUpload, a.studio.KeepResult
	if name == "beside" {
		limit, keep = studio.BesideLimit, a.studio.KeepBeside
	}
	k, err := keep(ctx, by, part.FileName(), &bounded{r: part, left: limit, limit: limit})
	if err != nil {
		return err
	}
	p.files = append(p.files, k)
	return nil
}

// said is what the form says about the attempt: the part attempt, or the plain parts.
func (p *parts) said() (studio.AttemptPost, error) {
	t := p.text
	switch {
	case p.post != nil && len(t) > 0:
		return studio.AttemptPost{}, wrongForm("both", "写了 attempt 就不要再单独写别的栏", "with the part attempt no field stands by itself")
	case p.post != nil:
		return *p.post, nil
	}
	return studio.AttemptPost{Shot: t["shot"], Title: t["title"], Prompt: t["prompt"], Service: t["service"], Model: t["model"], Seed: studio.Loose(t["seed"]),
		TaskID: t["task_id"], Status: t["status"], Remark: t["remark"], Way: t["way"]}, nil
}

// readPart reads a small part whole.
func readPart(part *multipart.Part, limit int64) ([]byte, error) {
	b, err := io.ReadAll(&bounded{r: part, left: limit, limit: limit})
	if err == nil && !utf8.Valid(b) {
		err = malformed()
	}
	return b, err
}

// bounded reads on within a limit and refuses what is beyond it.
type bounded struct {
	r           io.Reader
	left, limit int64
}

// Read implements io.Reader.
func (b *bounded) Read(p []byte) (int, error) {
	if int64(len(p)) > b.left+1 {
		p = p[:b.left+1]
	}
	n, err := b.r.Read(p)
	if int64(n) > b.left {
		n, b.left = int(b.left), 0
		return n, tooLarge(b.limit)
	}
	b.left -= int64(n)
	return n, err
}
