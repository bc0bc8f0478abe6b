package studio

import (
	"context"
	"time"

	"chouka/store"
)

// Scope is a part of what its person may do that a token carries.
type Scope string

// The scopes of a token.
const (
	ScopeRead   Scope = "read"   // everything that is only looked at
	ScopeLog    Scope = "log"    // attempts and files, and finding the shots for them
	ScopeReview Scope = "review" // verdicts and picks
	ScopeWrite  Scope = "write"  // everything else but people, settings, passwords, sessions and tokens
)

// Scopes lists every scope.
func Scopes() []Scope { return []Scope{ScopeRead, ScopeLog, ScopeReview, ScopeWrite} }

// Token lets a program ask in its person's name. Its secret is shown once and kept only as a hash.
type Token struct {
	store.Meta
	Name    string     `json:"name"`
	Scopes  []Scope    `json:"scopes" enum:"read,log,review,write"`
	Ends    *time.Time `json:"ends,omitempty"` // absent: no end
	Used    *time.Time `json:"used,omitempty"` // exact to five minutes
	Address string     `json:"address"`        // where it was last used from
	Prefix  string     `json:"prefix"`         // how the secret begins, to know it by
}

// TokenIn asks for a token.
type TokenIn struct {
	Name   string  `json:"name"`
	Scopes []Scope `json:"scopes" enum:"read,log,review,write"`
	Days   int     `json:"days" doc:"0 to 3650; 0 is no end"`
}

// NewToken is a token with its secret, which is shown only now.
type NewToken struct {
	Token  Token  `json:"token"`
	Secret string `json:"secret"`
}

// Tokens lists the asking person's own tokens, newest first.
func (s *Studio) Tokens(ctx context.Context, by Actor) ([]Token, error) { return nil, unknown("token") }

// CreateToken makes a token for the asking person.
func (s *Studio) CreateToken(ctx context.Context, by Actor, in TokenIn) (NewToken, error) {
	return NewToken{}, unknown("token")
}

// RevokeToken ends one of the asking person's own tokens.
func (s *Studio) RevokeToken(ctx context.Context, by Actor, id string, rev int64) error {
	return unknown("token")
}
