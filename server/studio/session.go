package studio

import (
	"context"
	"crypto/subtle"
	"errors"
	"fmt"
	"net/netip"
	"time"

	"chouka/store"
)

// Session is one signed-in browser.
type Session struct {
	store.Meta
	PersonID string    `json:"person_id"`
	Agent    string    `json:"agent"`   // what the browser calls itself, cut
	Address  string    `json:"address"` // where it signed in from
	Seen     time.Time `json:"seen"`
	Ends     time.Time `json:"ends"`
	Current  bool      `json:"current"`
	// Token is the cookie's value, only ever on the answer to a sign-in.
	Token string `json:"-"`
}

// session is what is kept: the token only as a hash.
type session struct {
	Session
	Hash string `json:"hash"`
}

const (
	sessionIdle = 12 * time.Hour
	sessionLife = 7 * 24 * time.Hour
	seenEvery   = 5 * time.Minute // how exactly Seen is kept: a write a request would be waste
	setupLife   = 30 * time.Minute
)

// IssueSetupCode makes the one-time code of a studio that has nobody yet, valid
// for 30 minutes. It is empty where somebody exists already.
func (s *Studio) IssueSetupCode(ctx context.Context) (string, error) {
	needed, err := s.SetupNeeded(ctx)
	if err != nil || !needed {
		return "", err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.setup, s.ends = secret(16), s.now().Add(setupLife)
	return s.setup, nil
}

// SetupNeeded reports whether nobody has set up this studio yet.
func (s *Studio) SetupNeeded(ctx context.Context) (bool, error) {
	var have bool
	err := s.view(ctx, func(tx store.Txn) error {
		var err error
		have, err = s.r.settings.Has(tx, settingsID)
		return err
	})
	return !have, err
}

func (s *Studio) setupFits(code string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.setup != "" && s.now().Before(s.ends) && subtle.ConstantTimeCompare([]byte(s.setup), []byte(code)) == 1
}

// Setup creates the studio and its first administrator with the one-time code, and signs them in.
func (s *Studio) Setup(ctx context.Context, from Trace, agent string, in SetupIn) (Session, error) {
	if wait := s.tries.wait(s.now(), "setup"); wait > 0 {
		return Session{}, tooMany(wait)
	}
	if !s.setupFits(in.Code) {
		s.tries.failed(s.now(), "setup")
		return Session{}, refuse(Forbidden, "setup.code", "设置链接无效或已过期，请在终端里重新启动程序取得新链接", "the setup link is wrong or has expired; restart the program for a new one")
	}
	hash, err := s.newPassword(ctx, in.Password, in.Name, in.Login, in.Studio)
	if err != nil {
		return Session{}, err
	}
	var out Session
	err = s.update(ctx, Actor{Trace: from}, func(c *change) error {
		have, err := s.r.settings.Has(c.tx, settingsID)
		if err != nil {
			return err
		}
		if have {
			return conflict("setup.done", "已经设置过了，请直接登录", "it is set up already; sign in")
		}
		settings, err := newSettings(c, in.Studio, in.Zone)
		if err != nil {
			return err
		}
		if err := s.r.settings.Insert(c.tx, &settings); err != nil {
			return err
		}
		p, err := c.addPerson(in.Name, in.Login, hash, Admin)
		if err != nil {
			return err
		}
		c.by.Person = p
		if err := c.note(event{Verb: "studio.opened", Kind: "studio", Object: settingsID, Params: map[string]string{"name": settings.Name}}); err != nil {
			return err
		}
		out, err = c.openSession(p, agent)
		return err
	})
	if err != nil {
		return Session{}, err
	}
	s.mu.Lock()
	s.setup = ""
	s.mu.Unlock()
	if in.Demo {
		by, err := s.ActorFor(ctx, out.Token, from)
		if err != nil {
			return Session{}, err
		}
		if _, err := s.LoadDemo(ctx, by); err != nil {
			return Session{}, fmt.Errorf("loading the demonstration studio: %w", err)
		}
	}
	return out, nil
}

// SignIn checks a login and its password. Unknown logins and wrong passwords
// get the same answer after the same work.
func (s *Studio) SignIn(ctx context.Context, from Trace, agent string, in SignInIn) (Session, error) {
	keys := []string{"login:" + loginKey(in.Login), "from:" + network(from.Address)}
	if wait := s.tries.wait(s.now(), keys...); wait > 0 {
		return Session{}, tooMany(wait)
	}
	if len(in.Password) > 1024 || len(in.Login) > 1024 {
		return Session{}, wrongSignIn()
	}
	p, hash, err := s.credentialOf(ctx, in.Login)
	if err != nil {
		return Session{}, err
	}
	fits, err := s.passwordFits(ctx, hash, in.Password)
	if err != nil {
		return Session{}, err
	}
	if !fits || !p.Active {
		s.tries.failed(s.now(), keys...)
		return Session{}, wrongSignIn()
	}
	s.tries.succeeded(keys[0])
	var out Session
	err = s.update(ctx, Actor{Person: p, Trace: from}, func(c *change) error {
		var err error
		out, err = c.openSession(p, agent)
		return err
	})
	return out, err
}

func wrongSignIn() error {
	return refuse(SignedOut, "sign_in.wrong", "账号或密码不对", "the login or the password is wrong")
}

func tooMany(wait time.Duration) error {
	secs := int(wait.Seconds()) + 1
	e := conflict("too_many", "试得太频繁了，请 %d 秒后再试", "too many tries; wait %d seconds", secs)
	e.Kind = TooMany
	e.Err = &WaitError{Seconds: secs}
	return e
}

// WaitError is the cause of a TooMany refusal: how long to wait.
type WaitError struct{ Seconds int }

func (e *WaitError) Error() string { return fmt.Sprintf("wait %d s", e.Seconds) }

// network cuts an address to what one customer holds: a /64 in IPv6.
func network(address string) string {
	a, err := netip.ParseAddr(address)
	if err != nil || a.Unmap().Is4() {
		return address
	}
	p, err := a.Prefix(64)
	if err != nil {
		return address
	}
	return p.String()
}

func (s *Studio) credentialOf(ctx context.Context, login string) (Person, string, error) {
	var p Person
	var hash string
	err := s.view(ctx, func(tx store.Txn) error {
		got, err := s.r.people.By(tx, "login", store.K().Text(loginKey(login)))
		if errors.Is(err, store.ErrNotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		cr, err := s.r.credentials.Get(tx, got.ID)
		if err != nil {
			return fmt.Errorf("reading a credential: %w", err)
		}
		p, hash = *got, cr.Hash
		return nil
	})
	return p, hash, err
}

func (c *change) openSession(p Person, agent string) (Session, error) {
	token := secret(32)
	x := session{Hash: tokenHash(token), Session: Session{Meta: c.meta(), PersonID: p.ID, Agent: clip(agent, 200),
		Address: c.by.Trace.Address, Seen: c.now, Ends: c.now.Add(sessionLife)}}
	if err := c.s.r.sessions.Insert(c.tx, &x); err != nil {
		return Session{}, fmt.Errorf("opening a session: %w", err)
	}
	c.by.Person = p
	if err := c.note(event{Verb: "session.opened", Kind: "session", Object: x.ID}); err != nil {
		return Session{}, err
	}
	out := x.Session
	out.Token, out.Current = token, true
	return out, nil
}

// ActorFor finds out who holds a cookie's value. Every miss is the same refusal.
func (s *Studio) ActorFor(ctx context.Context, token string, from Trace) (Actor, error) {
	gone := refuse(SignedOut, "signed_out", "请先登录", "please sign in")
	if token == "" || len(token) > 200 {
		return Actor{}, gone
	}
	a := Actor{Trace: from}
	var seen time.Time
	err := s.view(ctx, func(tx store.Txn) error {
		x, err := s.r.sessions.By(tx, "hash", store.K().Text(tokenHash(token)))
		if errors.Is(err, store.ErrNotFound) {
			return gone
		}
		if err != nil {
			return err
		}
		now := s.now()
		if now.After(x.Ends) || now.Sub(x.Seen) > sessionIdle {
			return gone
		}
		a.Session, seen = x.ID, x.Seen
		return s.loadActor(tx, &a, x.PersonID)
	})
	if err != nil {
		return Actor{}, err
	}
	if !a.Person.Active {
		return Actor{}, gone
	}
	if s.now().Sub(seen) > seenEvery {
		return a, s.touchSession(ctx, a)
	}
	return a, nil
}

func (s *Studio) loadActor(tx store.Txn, a *Actor, personID string) error {
	p, err := found(s.r.people.Get(tx, personID))("person")
	if err != nil {
		return err
	}
	a.Person, a.Roles = *p, map[string]Role{}
	return s.r.memberships.Each(tx, "pair", store.K().ID(personID), func(m *Membership) error {
		a.Roles[m.TitleID] = m.Role
		return nil
	})
}

func (s *Studio) touchSession(ctx context.Context, a Actor) error {
	return s.update(ctx, a, func(c *change) error {
		x, err := s.r.sessions.Get(c.tx, a.Session)
		if errors.Is(err, store.ErrNotFound) {
			return nil // ended meanwhile
		}
		if err != nil {
			return err
		}
		x.Seen = c.now
		return s.r.sessions.Put(c.tx, x)
	})
}

// SignOut ends the asking session.
func (s *Studio) SignOut(ctx context.Context, by Actor) error {
	return s.EndSession(ctx, by, by.Session)
}

// Sessions lists the asking person's own sessions.
func (s *Studio) Sessions(ctx context.Context, by Actor) ([]Session, error) {
	if err := by.self(); err != nil {
		return nil, err
	}
	out := []Session{}
	err := s.view(ctx, func(tx store.Txn) error {
		return s.r.sessions.Each(tx, "person", store.K().ID(by.Person.ID), func(x *session) error {
			if s.now().Before(x.Ends) && s.now().Sub(x.Seen) <= sessionIdle {
				x.Current = x.ID == by.Session
				out = append(out, x.Session)
			}
			return nil
		})
	})
	return out, err
}

// EndSession ends one of the asking person's own sessions.
func (s *Studio) EndSession(ctx context.Context, by Actor, id string) error {
	if err := by.self(); err != nil {
		return err
	}
	return s.update(ctx, by, func(c *change) error {
		x, err := found(s.r.sessions.Get(c.tx, id))("session")
		if err != nil {
			return err
		}
		if x.PersonID != by.Person.ID {
			return unknown("session")
		}
		return c.endSession(x.ID)
	})
}

func (c *change) endSession(id string) error {
	if err := c.s.r.sessions.Delete(c.tx, id); err != nil {
		return fmt.Errorf("ending a session: %w", err)
	}
	return c.note(event{Verb: "session.ended", Kind: "session", Object: id})
}

// endSessions ends all sessions of a person but one.
func (c *change) endSessions(personID, except string) error {
	var ids []string
	err := c.s.r.sessions.Each(c.tx, "person", store.K().ID(personID), func(x *session) error {
		if x.ID != except {
			ids = append(ids, x.ID)
		}
		return nil
	})
	for _, id := range ids {
		err = errors.Join(err, c.endSession(id))
	}
	return err
}

func clip(s string, n int) string {
	r := []rune(s)
	if len(r) > n {
		r = r[:n]
	}
	return string(r)
}

// newSessions finds a session by its secret, and those of a person.
func newSessions() *store.Collection[session] {
	return store.NewCollection("session", 1,
		unique("hash", func(x *session) store.Key { return store.K().Text(x.Hash) }),
		index("person", func(x *session) store.Key { return store.K().ID(x.PersonID).Time(x.Created) }))
}
