package studio

import (
	"context"
	"errors"
	"fmt"
	"hash/crc32"
	"slices"
	"strings"
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

// token is what is kept: the secret only as a hash.
type token struct {
	Token
	PersonID string `json:"person_id"`
	Hash     string `json:"hash"`
}

// tokenUse is when and from where a token or a calendar feed was last used. It is a record of its own, so that using one
// does not change the revision that revoking it names. Its ID is the token's or the feed's.
type tokenUse struct {
	store.Meta
	At      time.Time `json:"at"`
	Address string    `json:"address"`
}

const (
	tokenMark   = "chk_"
	tokenLimit  = 50 // tokens of one person
	tokenDays   = 3650
	tokenPrefix = len(tokenMark) + 4
	tokenLength = len(tokenMark) + 64 + 8 // mark, 32 random bytes, check digits
)

// newSecret makes a token's secret: a mark that scanners for leaked keys know,
// 32 random bytes and a CRC-32 of both, so that a mistyped one is told without a look at the store.
func newSecret() string {
	s := tokenMark + secret(32)
	return s + checkDigits(s)
}

func checkDigits(s string) string { return fmt.Sprintf("%08x", crc32.ChecksumIEEE([]byte(s))) }

// wellFormed reports whether a secret can be one of ours at all.
func wellFormed(s string) bool {
	return len(s) == tokenLength && strings.HasPrefix(s, tokenMark) && checkDigits(s[:len(s)-8]) == s[len(s)-8:]
}

func noToken() error {
	return refuse(SignedOut, "token.dead", "令牌无效、已过期或已被撤销，请换一个令牌", "the token is wrong, has expired or was revoked; use another one")
}

func scopeMissing(needed []Scope) error {
	names := string(needed[0])
	return refuse(Forbidden, "token.scope", "这个令牌没有 "+names+" 权限，请新建一个带此权限的令牌", "this token lacks the scope "+names+"; make one that has it")
}

// ActorForToken finds out in whose name a token asks. Every miss is the same refusal.
func (s *Studio) ActorForToken(ctx context.Context, secret string, from Trace) (Actor, error) {
	if !wellFormed(secret) {
		return Actor{}, noToken()
	}
	a := Actor{Trace: from}
	var used time.Time
	err := s.view(ctx, func(tx store.Txn) error {
		t, err := s.r.tokens.By(tx, "hash", store.K().Text(tokenHash(secret)))
		if errors.Is(err, store.ErrNotFound) || err == nil && t.ended(s.now()) {
			return noToken()
		}
		if err != nil {
			return err
		}
		use, err := s.r.tokenUses.Get(tx, t.ID)
		if err == nil {
			used = use.At
		} else if !errors.Is(err, store.ErrNotFound) {
			return err
		}
		a.Token, a.Scopes = t.ID, t.Scopes
		return s.loadActor(tx, &a, t.PersonID)
	})
	if err != nil {
		return Actor{}, err
	}
	if !a.Person.Active {
		return Actor{}, noToken()
	}
	if s.now().Sub(used) > seenEvery {
		return a, s.touchToken(ctx, a)
	}
	return a, nil
}

func (t *Token) ended(now time.Time) bool { return t.Ends != nil && !now.Before(*t.Ends) }

func (s *Studio) touchToken(ctx context.Context, a Actor) error {
	return s.update(ctx, a, func(c *change) error {
		if have, err := s.r.tokens.Has(c.tx, a.Token); !have || err != nil {
			return err // revoked meanwhile
		}
		return c.used(a.Token)
	})
}

// used notes that a token or a feed was used now.
func (c *change) used(id string) error {
	u, err := c.s.r.tokenUses.Get(c.tx, id)
	if errors.Is(err, store.ErrNotFound) {
		u = &tokenUse{Meta: c.meta(), At: c.now, Address: c.by.Trace.Address}
		u.ID = id
		return c.s.r.tokenUses.Insert(c.tx, u)
	}
	if err != nil {
		return err
	}
	u.At, u.Address, u.Updated = c.now, c.by.Trace.Address, c.now
	return c.s.r.tokenUses.Put(c.tx, u)
}

// forgetUse drops the use of what has ended.
func (c *change) forgetUse(id string) error {
	have, err := c.s.r.tokenUses.Has(c.tx, id)
	if !have || err != nil {
		return err
	}
	return c.s.r.tokenUses.Delete(c.tx, id)
}

// Tokens lists the asking person's own tokens, newest first, expired ones too.
func (s *Studio) Tokens(ctx context.Context, by Actor) ([]Token, error) {
	if err := by.self(); err != nil {
		return nil, err
	}
	var out []Token
	err := s.view(ctx, func(tx store.Txn) error {
		var err error
		out, err = s.tokensOf(tx, by.Person.ID)
		return err
	})
	return out, err
}

func (s *Studio) tokensOf(tx store.Txn, personID string) ([]Token, error) {
	got, err := s.r.tokens.List(tx, "person", store.K().ID(personID), Page{Limit: store.MaxPage, Reverse: true})
	if err != nil {
		return nil, fmt.Errorf("listing tokens: %w", err)
	}
	ids := make([]string, len(got.Items))
	for i, t := range got.Items {
		ids[i] = t.ID
	}
	uses, err := s.r.tokenUses.GetMany(tx, ids)
	if err != nil {
		return nil, fmt.Errorf("listing the use of tokens: %w", err)
	}
	out := make([]Token, len(ids))
	for i, t := range got.Items {
		out[i] = t.Token
		if u := uses[i]; u != nil {
			at := u.At
			out[i].Used, out[i].Address = &at, u.Address
		}
	}
	return out, nil
}

// CreateToken makes a token for the asking person, who must sit at a browser.
func (s *Studio) CreateToken(ctx context.Context, by Actor, in TokenIn) (NewToken, error) {
	if err := by.self(); err != nil {
		return NewToken{}, err
	}
	if err := checkToken(in); err != nil {
		return NewToken{}, err
	}
	var out NewToken
	// Not through create: a kept answer would keep the secret.
	err := s.update(ctx, by, func(c *change) error {
		var err error
		out, err = c.addToken(by.Person, in)
		return err
	})
	return out, err
}

func checkToken(in TokenIn) error {
	if len(in.Scopes) == 0 {
		return wrong("scopes", "请至少选一项权限", "choose at least one scope")
	}
	for i, x := range in.Scopes {
		if !slices.Contains(Scopes(), x) || slices.Contains(in.Scopes[:i], x) {
			return wrong("scopes", "权限只能是 read、log、review、write，各一次", "scopes are read, log, review and write, each once")
		}
	}
	if in.Days < 0 || in.Days > tokenDays {
		return wrong("days", "有效期是 0 到 3650 天，0 表示不过期", "a token lasts 0 to 3650 days; 0 is no end")
	}
	_, err := needed("name", in.Name)
	return err
}

func (c *change) addToken(p Person, in TokenIn) (NewToken, error) {
	have, _, err := c.s.r.tokens.IDs(c.tx, "person", store.K().ID(p.ID), Page{Limit: tokenLimit})
	if err != nil {
		return NewToken{}, fmt.Errorf("counting tokens: %w", err)
	}
	if len(have) >= tokenLimit {
		return NewToken{}, conflict("token.limit", "每人最多 %d 个令牌，请先撤销不用的", "a person has at most %d tokens; revoke one that is not used", tokenLimit)
	}
	key := newSecret()
	t := token{PersonID: p.ID, Hash: tokenHash(key), Token: Token{Meta: c.meta(), Scopes: slices.Clone(in.Scopes), Prefix: key[:tokenPrefix]}}
	if t.Name, err = needed("name", in.Name); err != nil {
		return NewToken{}, err
	}
	if in.Days > 0 {
		ends := c.now.AddDate(0, 0, in.Days)
		t.Ends = &ends
	}
	if err := c.s.r.tokens.Insert(c.tx, &t); err != nil {
		return NewToken{}, fmt.Errorf("making a token: %w", err)
	}
	return NewToken{Token: t.Token, Secret: key}, c.note(event{Verb: "token.made", Kind: "token", Object: t.ID, Params: map[string]string{"name": t.Name}})
}

// RevokeToken ends one of the asking person's own tokens at once.
func (s *Studio) RevokeToken(ctx context.Context, by Actor, id string, rev int64) error {
	if err := by.self(); err != nil {
		return err
	}
	return s.update(ctx, by, func(c *change) error {
		t, err := found(s.r.tokens.Get(c.tx, id))("token")
		if err != nil {
			return err
		}
		if t.PersonID != by.Person.ID {
			return unknown("token")
		}
		if err := base(t.Rev, rev); err != nil {
			return err
		}
		return c.endToken(t)
	})
}

func (c *change) endToken(t *token) error {
	if err := c.s.r.tokens.Delete(c.tx, t.ID); err != nil {
		return fmt.Errorf("revoking a token: %w", err)
	}
	if err := c.forgetUse(t.ID); err != nil {
		return fmt.Errorf("revoking a token: %w", err)
	}
	return c.note(event{Verb: "token.revoked", Kind: "token", Object: t.ID, Params: map[string]string{"name": t.Name}})
}

// endTokens ends every token of a person.
func (c *change) endTokens(personID string) error {
	got, err := c.s.r.tokens.List(c.tx, "person", store.K().ID(personID), Page{Limit: store.MaxPage})
	for _, t := range got.Items {
		err = errors.Join(err, c.endToken(t))
	}
	return err
}

// newTokens finds a token by its secret, and those of a person.
func newTokens() *store.Collection[token] {
	return store.NewCollection("token", 1,
		unique("hash", func(t *token) store.Key { return store.K().Text(t.Hash) }),
		index("person", func(t *token) store.Key { return store.K().ID(t.PersonID).Time(t.Created) }))
}
