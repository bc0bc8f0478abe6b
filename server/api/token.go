package api

import (
	"context"

	"chouka/server/studio"
)

// TokenPath names one token.
type TokenPath struct {
	Token string `path:"token"`
}

func (a *API) tokens(ctx context.Context, by studio.Actor, _ *struct{}) (*plain[items[studio.Token]], error) {
	return all(a.studio.Tokens(ctx, by))
}

func (a *API) createToken(ctx context.Context, by studio.Actor, in *struct{ Body studio.TokenIn }) (*plain[studio.NewToken], error) {
	return value(a.studio.CreateToken(ctx, by, in.Body))
}

func (a *API) revokeToken(ctx context.Context, by studio.Actor, rev int64, in *TokenPath) (*empty, error) {
	return done(a.studio.RevokeToken(ctx, by, in.Token, rev))
}
