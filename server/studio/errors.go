package studio

import (
	"errors"
	"fmt"
)

// Kind says what sort of refusal an Error is; the api turns each into one status.
type Kind string

// Every kind there is. Anything that is not an Error counts as internal.
const (
	Invalid     Kind = "invalid"     // the input cannot be right
	Unknown     Kind = "unknown"     // no such thing, or not for this person
	Conflict    Kind = "conflict"    // somebody else holds it, or the state forbids it
	Stale       Kind = "stale"       // based on an older revision
	Unmatched   Kind = "unmatched"   // a change without the revision it is based on
	Forbidden   Kind = "forbidden"   // a member without this right
	SignedOut   Kind = "signed_out"  // nobody is asking
	TooLarge    Kind = "too_large"   // over a size limit
	TooMany     Kind = "too_many"    // asked too often
	Unsupported Kind = "unsupported" // a format that is not read
	Unavailable Kind = "unavailable" // cannot be done now
	Internal    Kind = "internal"    // a fault of ours
)

// Kinds lists every kind, for the table that maps them to statuses.
func Kinds() []Kind {
	return []Kind{Invalid, Unknown, Conflict, Stale, Unmatched, Forbidden, SignedOut, TooLarge, TooMany, Unsupported, Unavailable, Internal}
}

// Text is one sentence for people, in both languages of the interface.
type Text struct{ ZH, EN string }

// In returns the sentence in the language of the tag ("en…" or anything else for Chinese).
func (t Text) In(lang string) string {
	if len(lang) >= 2 && lang[:2] == "en" {
		return t.EN
	}
	return t.ZH
}

// Field is what is wrong with one part of the input. It never holds the value.
type Field struct {
	// Location is a path such as "body.name" or "query.encoding".
	Location string
	Text     Text
}

// Error is a refusal with a stable code and a sentence that says what to do.
type Error struct {
	Kind   Kind
	Code   string // stable, English, dotted: "pick.taken"
	Text   Text
	Fields []Field
	Err    error // the cause, for the log only
}

func (e *Error) Error() string {
	if e.Err != nil {
		return e.Code + ": " + e.Err.Error()
	}
	return e.Code + ": " + e.Text.EN
}

// Unwrap gives errors.Is and errors.As the cause.
func (e *Error) Unwrap() error { return e.Err }

// IsKind reports whether err is, or wraps, an Error of the kind.
func IsKind(err error, k Kind) bool {
	var e *Error
	return errors.As(err, &e) && e.Kind == k
}

func refuse(k Kind, code, zh, en string) *Error {
	return &Error{Kind: k, Code: code, Text: Text{ZH: zh, EN: en}}
}

func conflict(code, zh, en string, args ...any) *Error {
	return &Error{Kind: Conflict, Code: code, Text: Text{ZH: fmt.Sprintf(zh, args...), EN: fmt.Sprintf(en, args...)}}
}

// wrong refuses one field of the input.
func wrong(field, zh, en string) *Error {
	t := Text{ZH: zh, EN: en}
	return &Error{Kind: Invalid, Code: "invalid." + field, Text: t, Fields: []Field{{Location: "body." + field, Text: t}}}
}

func unknown(kind string) *Error {
	t := kindText(kind)
	return refuse(Unknown, "unknown."+kind, "没有这个"+t.ZH+"，或者你看不到它", "there is no such "+t.EN+", or you may not see it")
}

func forbidden(a Action) *Error {
	return refuse(Forbidden, "forbidden."+string(a), "你在这部剧里的角色不能做这件事，请找负责人调整权限", "your role here does not allow this; ask a lead to change it")
}

func kindText(kind string) Text {
	switch kind {
	case "title":
		return Text{"剧目", "title"}
	case "episode":
		return Text{"集", "episode"}
	case "scene":
		return Text{"场", "scene"}
	case "shot":
		return Text{"镜头", "shot"}
	case "attempt":
		return Text{"抽卡", "attempt"}
	case "beside":
		return Text{"附带文件", "file beside the attempt"}
	case "take":
		return Text{"候选", "take"}
	case "note":
		return Text{"批注", "note"}
	case "element":
		return Text{"拆解项", "element"}
	case "reference":
		return Text{"参考图", "reference sheet"}
	case "ref_picture":
		return Text{"参考图里的图", "picture of the sheet"}
	case "script":
		return Text{"剧本版本", "script version"}
	case "location":
		return Text{"取景地", "location"}
	case "booking":
		return Text{"档期", "booking"}
	case "blackout":
		return Text{"停用时段", "closed time"}
	case "series":
		return Text{"系列档期", "series of bookings"}
	case "release":
		return Text{"上线", "release"}
	case "reading":
		return Text{"读数", "reading"}
	case "evidence":
		return Text{"截图", "screenshot"}
	case "rank":
		return Text{"榜单名次", "rank"}
	case "claim":
		return Text{"首破声明", "claim"}
	case "cost":
		return Text{"成本", "cost"}
	case "person":
		return Text{"成员", "person"}
	case "invite":
		return Text{"邀请", "invitation"}
	case "feed":
		return Text{"日历订阅", "calendar feed"}
	case "token":
		return Text{"令牌", "token"}
	case "document":
		return Text{"文件", "document"}
	case "site_note":
		return Text{"现场记录", "site note"}
	case "candidate":
		return Text{"候选取景地", "candidate"}
	case "callsheet":
		return Text{"通告单", "call sheet"}
	case "callsheet_version":
		return Text{"通告单版本", "version of the call sheet"}
	case "recipient":
		return Text{"接收人", "recipient"}
	case "performer":
		return Text{"演员", "performer"}
	case "day":
		return Text{"拍摄日", "shooting day"}
	case "photo":
		return Text{"照片", "photo"}
	case "import":
		return Text{"导入", "import"}
	case "stray":
		return Text{"待认领的名称", "name that waits"}
	}
	return Text{"内容", kind}
}
