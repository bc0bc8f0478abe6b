package api

import (
	"context"
	"net/http"

	"chouka/server/studio"
)

// entry answers a sign-in: who one is now, and the cookie.
type entry struct {
	Cookie http.Cookie `header:"Set-Cookie"`
	Body   studio.Me
}

// needed says whether the studio waits for its first administrator.
type needed struct {
	Needed bool `json:"needed"`
}

// SessionPath names one session.
type SessionPath struct {
	Session string `path:"session"`
}

func (a *API) setupNeeded(ctx context.Context, _ *struct{}) (*plain[needed], error) {
	n, err := a.studio.SetupNeeded(ctx)
	return value(needed{Needed: n}, err)
}

func (a *API) setup(ctx context.Context, in *struct{ Body studio.SetupIn }) (*entry, error) {
	c := callOf(ctx)
	x, err := a.studio.Setup(ctx, c.trace(), c.agent, in.Body)
	return a.enter(ctx, x, err)
}

func (a *API) signIn(ctx context.Context, in *struct{ Body studio.SignInIn }) (*entry, error) {
	c := callOf(ctx)
	x, err := a.studio.SignIn(ctx, c.trace(), c.agent, in.Body)
	return a.enter(ctx, x, err)
}

func (a *API) join(ctx context.Context, in *struct{ Body studio.JoinIn }) (*entry, error) {
	c := callOf(ctx)
	x, err := a.studio.Join(ctx, c.trace(), c.agent, in.Body)
	return a.enter(ctx, x, err)
}

// enter turns a new session into its cookie and what the browser should know.
func (a *API) enter(ctx context.Context, x studio.Session, err error) (*entry, error) {
	if err != nil {
		return nil, err
	}
	by, err := a.studio.ActorFor(ctx, x.Token, callOf(ctx).trace())
	if err != nil {
		return nil, err
	}
	me, err := a.studio.Me(ctx, by)
	if err != nil {
		return nil, err
	}
	return &entry{Cookie: *a.cookie(x), Body: me}, nil
}

func (a *API) lookInvite(ctx context.Context, in *struct {
	Body struct {
		Token string `json:"token"`
	} `nameHint:"LookIn"`
}) (*plain[studio.Welcome], error) {
	return value(a.studio.LookInvite(ctx, in.Body.Token))
}

func (a *API) me(ctx context.Context, by studio.Actor, _ *struct{}) (*plain[studio.Me], error) {
	return value(a.studio.Me(ctx, by))
}

// left answers a sign-out: the cookie is taken away.
type left struct {
	Cookie http.Cookie `header:"Set-Cookie"`
}

func (a *API) signOut(ctx context.Context, by studio.Actor, _ *struct{}) (*left, error) {
	if err := a.studio.SignOut(ctx, by); err != nil {
		return nil, err
	}
	return &left{Cookie: *a.cookie(studio.Session{})}, nil
}

func (a *API) sessions(ctx context.Context, by studio.Actor, _ *struct{}) (*plain[items[studio.Session]], error) {
	return all(a.studio.Sessions(ctx, by))
}

func (a *API) endSession(ctx context.Context, by studio.Actor, in *SessionPath) (*empty, error) {
	return done(a.studio.EndSession(ctx, by, in.Session))
}

func (a *API) changePassword(ctx context.Context, by studio.Actor, in *struct {
	Body struct {
		Old string `json:"old"`
		New string `json:"new"`
	} `nameHint:"PasswordIn"`
}) (*empty, error) {
	return done(a.studio.ChangePassword(ctx, by, in.Body.Old, in.Body.New))
}
