package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"chouka/server/studio"
)

type tokenCommand struct {
	Create tokenCreate `cmd:"" help:"为一位成员建令牌，只显示一次 · make a token for somebody; it is shown once"`
	List   tokenList   `cmd:"" help:"列出一位成员的令牌 · list somebody's tokens"`
	Revoke tokenRevoke `cmd:"" help:"撤销令牌，立即生效 · end a token at once"`
}

type tokenCreate struct {
	Login string   `arg:"" help:"账号 · login"`
	Name  string   `arg:"" help:"用途 · what it is for"`
	Scope []string `default:"log" help:"权限 · scopes: read, log, review, write"`
	Days  int      `default:"365" help:"有效天数，0 为不过期 · days it lasts; 0 is no end"`
}

// tokenIn is what the running program is asked: whose token, and which.
type tokenIn struct {
	Login, Name string
	In          studio.TokenIn
}

// Run prints the token and nothing else on a line of its own, so that a script can take it.
func (t tokenCreate) Run(ctx context.Context, c *Config, io console) error {
	in := tokenIn{Login: t.Login, In: studio.TokenIn{Name: t.Name, Days: t.Days}}
	for _, s := range t.Scope {
		in.In.Scopes = append(in.In.Scopes, studio.Scope(strings.TrimSpace(s)))
	}
	return asking(ctx, c, func(a *asker) error {
		n, err := call[studio.NewToken](ctx, a, "/token/create", in)
		if err == nil {
			io.say("%s", n.Secret)
			fmt.Fprintln(io.err, "请现在保存，以后不再显示 · save it now, it is not shown again")
		}
		return err
	})
}

type tokenList struct {
	Login string `arg:"" help:"账号 · login"`
}

// Run prints one token a line: how it begins, its scopes, its end, its last use, its name.
func (t tokenList) Run(ctx context.Context, c *Config, io console) error {
	return asking(ctx, c, func(a *asker) error {
		all, err := call[[]studio.Token](ctx, a, "/token/list", tokenIn{Login: t.Login})
		for _, k := range all {
			io.say("%s\t%s\t%s\t%s\t%s\t%s", k.Prefix, k.ID, scopeNames(k.Scopes), day(k.Ends, "不过期 no end"), day(k.Used, "没用过 never used"), k.Name)
		}
		return err
	})
}

func scopeNames(scopes []studio.Scope) string {
	names := make([]string, len(scopes))
	for i, s := range scopes {
		names[i] = string(s)
	}
	return strings.Join(names, ",")
}

// day writes a moment as its day, or what is said where there is none.
func day(at *time.Time, none string) string {
	if at == nil {
		return none
	}
	return at.Local().Format(time.DateOnly)
}

type tokenRevoke struct {
	Login string `arg:"" help:"账号 · login"`
	Token string `arg:"" help:"编号或开头，如 chk_ab12 · its id, or how it begins"`
}

// Run ends a token.
func (t tokenRevoke) Run(ctx context.Context, c *Config) error {
	return asking(ctx, c, func(a *asker) error {
		_, err := call[struct{}](ctx, a, "/token/revoke", tokenIn{Login: t.Login, Name: t.Token})
		return err
	})
}
