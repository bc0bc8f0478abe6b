package api

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"

	"chouka/server/studio"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/validation"
)

func refusal(status int, code, zh, en string) *statusError {
	return &statusError{status: status, code: code, text: studio.Text{ZH: zh, EN: en}}
}

func unknown(kind string) *statusError {
	return refusal(http.StatusNotFound, "unknown."+kind, "没有这个内容，或者你看不到它", "there is no such thing, or you may not see it")
}

func noRoute() *statusError {
	return refusal(http.StatusNotFound, "unknown.route", "没有这个地址", "there is no such address")
}

func wrongMethod() *statusError {
	return refusal(http.StatusMethodNotAllowed, "method", "这个地址不接受这种请求", "this address does not take this method")
}

func crossOrigin() *statusError {
	return refusal(http.StatusForbidden, "cross_origin", "这个请求来自别的网站，已拒绝", "this request came from another site and was refused")
}

func unmatched() *statusError {
	return refusal(http.StatusPreconditionRequired, "unmatched", "修改前请先带上所看到的版本(If-Match)", "a change must name the revision it is based on (If-Match)")
}

func badMatch() *statusError {
	return refusal(http.StatusBadRequest, "unmatched.format", `If-Match 应为一个带引号的版本号，例如 "3"`, `If-Match must be one quoted revision, such as "3"`)
}

func badKey() *statusError {
	return refusal(http.StatusBadRequest, "once.key", "Idempotency-Key 应为 1 到 200 个可见的 ASCII 字符", "Idempotency-Key must be 1 to 200 visible ASCII characters")
}

func notJSON() *statusError {
	return refusal(http.StatusUnsupportedMediaType, "unsupported.body", "请用 application/json 发送", "send it as application/json")
}

func malformed() *statusError {
	return refusal(http.StatusBadRequest, "malformed", "请求内容不是完整的 UTF-8 JSON，请检查后再发", "the body is not complete JSON in UTF-8; check it and send it again")
}

func broken() *statusError {
	return refusal(http.StatusBadRequest, "upload.broken", "没有收到完整的内容，请再传一次", "the content did not arrive whole; send it again")
}

func tooSlow() *statusError {
	return refusal(http.StatusRequestTimeout, "upload.slow", "太久没有收到数据，请检查网络后再传一次", "no data came for too long; check the network and send it again")
}

func unavailable() *statusError {
	return refusal(http.StatusServiceUnavailable, "unavailable", "现在无法完成，请稍后再试", "this cannot be done now; try again later")
}

func diskFull() *statusError {
	return refusal(http.StatusServiceUnavailable, "unavailable.disk", "磁盘已满，请联系管理员清理后再试", "the disk is full; ask your administrator to make room, then try again")
}

func tooLarge(limit int64) *statusError {
	size := fmt.Sprintf("%d MiB", limit>>20)
	return refusal(http.StatusRequestEntityTooLarge, "too_large", "内容太大，最多 "+size, "too large; the limit is "+size)
}

func wrongBulk() *statusError {
	return refusal(http.StatusUnprocessableEntity, "bulk.items", "一次请发 1 到 500 条", "send 1 to 500 items at once")
}

func wrongForm(code, zh, en string) *statusError {
	return refusal(http.StatusUnprocessableEntity, "multipart."+code, zh, en)
}

func twoWays() *statusError {
	return refusal(http.StatusUnauthorized, "token.two", "登录状态和令牌只能用一种，令牌也只能带一个", "send either the session's cookie or one token")
}

func noBearer() *statusError {
	return refusal(http.StatusUnauthorized, "token.format", "请这样带令牌：Authorization: Bearer chk_…", "send the token as Authorization: Bearer chk_…")
}

// wordsFor is the sentence over a list of wrong fields.
func wordsFor(status int) studio.Text {
	switch status {
	case http.StatusBadRequest:
		return malformed().text
	case http.StatusUnsupportedMediaType:
		return notJSON().text
	}
	return studio.Text{ZH: "有几处填得不对，请改正后再试", EN: "some parts are not right; correct them and try again"}
}

// fieldsOf words what Huma found wrong. Its own messages and values are dropped, because they repeat what was sent.
func fieldsOf(found []*huma.ErrorDetail) []studio.Field {
	out := make([]studio.Field, 0, len(found))
	for _, d := range found {
		if d != nil && len(out) < 50 {
			out = append(out, studio.Field{Location: place(d.Location), Text: phrase(d.Message)})
		}
	}
	return out
}

var plainName = regexp.MustCompile(`^[a-z][a-z0-9_]{0,39}(\[[0-9]{1,6}\])*$`)

// place keeps the parts of a path that look like field names of ours and cuts the rest: an unknown field's name was sent too.
func place(location string) string {
	parts := strings.Split(location, ".")
	for i, p := range parts {
		if !plainName.MatchString(p) {
			return strings.Join(parts[:i], ".")
		}
	}
	return location
}

// phrase words one of Huma's findings in both languages.
func phrase(message string) studio.Text {
	for _, m := range phrases() {
		if message == m.begins || m.prefix && strings.HasPrefix(message, m.begins) {
			rest := strings.Trim(strings.TrimPrefix(message, m.begins), ` "`)
			if m.rest {
				return studio.Text{ZH: m.zh + rest, EN: m.en + rest}
			}
			return studio.Text{ZH: m.zh, EN: m.en}
		}
	}
	return studio.Text{ZH: "这里填得不对", EN: "this value is not right"}
}

// saying pairs a message of Huma with ours. rest keeps what follows, which is always from our own schema.
type saying struct {
	begins       string
	prefix, rest bool
	zh, en       string
}

func phrases() []saying {
	return []saying{
		{begins: validation.MsgUnexpectedProperty, zh: "不认识这个字段，请删去", en: "this field is not known; remove it"},
		{begins: "unknown query parameter", zh: "不认识这个参数，请删去", en: "this parameter is not known; remove it"},
		{begins: "expected required property", prefix: true, zh: "缺少必填的字段", en: "a required field is missing"},
		{begins: "required ", prefix: true, zh: "缺少必填的参数", en: "a required parameter is missing"},
		{begins: "expected value to be one of ", prefix: true, rest: true, zh: "只能是其中之一:", en: "must be one of: "},
		{begins: validation.MsgExpectedString, zh: "应为文字", en: "must be text"},
		{begins: validation.MsgExpectedBoolean, zh: "应为 true 或 false", en: "must be true or false"},
		{begins: validation.MsgExpectedInteger, zh: "应为整数", en: "must be a whole number"},
		{begins: "invalid integer", zh: "应为整数", en: "must be a whole number"},
		{begins: validation.MsgExpectedNumber, zh: "应为数字", en: "must be a number"},
		{begins: validation.MsgExpectedArray, zh: "应为列表", en: "must be a list"},
		{begins: validation.MsgExpectedObject, zh: "应为对象", en: "must be an object"},
		{begins: validation.MsgExpectedRFC3339DateTime, zh: "应为时间，例如 2026-05-01T09:00:00+08:00", en: "must be a time such as 2026-05-01T09:00:00+08:00"},
		{begins: "invalid date/time", prefix: true, zh: "应为时间，例如 2026-05-01T09:00:00+08:00", en: "must be a time such as 2026-05-01T09:00:00+08:00"},
		{begins: "expected number >= ", prefix: true, rest: true, zh: "不能小于 ", en: "must not be less than "},
		{begins: "expected number <= ", prefix: true, rest: true, zh: "不能大于 ", en: "must not be more than "},
		{begins: "expected length <= ", prefix: true, rest: true, zh: "太长了，字数上限 ", en: "too long; the limit in characters is "},
	}
}
