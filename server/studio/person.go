package studio

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"chouka/store"
)

// Person is somebody who signs in. Two people may share a name; the login is theirs alone.
type Person struct {
	store.Meta
	Name   string `json:"name"`
	Login  string `json:"login"`
	House  House  `json:"house" enum:"admin,lead,member"`
	Active bool   `json:"active"`
}

// credential is the secret half of a person. It is never answered.
type credential struct {
	store.Meta        // ID is the person's
	Hash       string `json:"hash"` // argon2id, PHC string
}

// Me is what a signed-in browser knows about itself.
type Me struct {
	Person      Person       `json:"person"`
	Memberships []Membership `json:"memberships"`
	Studio      Settings     `json:"studio"`
	// Rights lists the actions of the whole house that this person may do;
	// TitleRights the same for each role, so that the interface never guesses.
	Rights      []Action          `json:"rights"`
	TitleRights map[Role][]Action `json:"title_rights"`
	FFmpeg      bool              `json:"ffmpeg"` // whether clips get a poster from the server
}

// SetupIn creates the first administrator and the studio with the one-time code.
type SetupIn struct {
	Code     string `json:"code"`
	Studio   string `json:"studio"`
	Name     string `json:"name"`
	Login    string `json:"login"`
	Password string `json:"password"`
	Zone     string `json:"zone,omitempty" doc:"IANA zone; Asia/Shanghai when empty"`
	Demo     bool   `json:"demo,omitempty" doc:"load the demonstration studio"`
}

// SignInIn is a login with its password.
type SignInIn struct {
	Login    string `json:"login"`
	Password string `json:"password"`
}

// PersonEdit changes a person; nil leaves a field as it is.
type PersonEdit struct {
	Name   *string `json:"name,omitempty"`
	House  *House  `json:"house,omitempty" enum:"admin,lead,member"`
	Active *bool   `json:"active,omitempty"`
}

// Me is what the asking person's browser needs to know.
func (s *Studio) Me(ctx context.Context, by Actor) (Me, error) {
	if err := by.here(); err != nil {
		return Me{}, err
	}
	out := Me{Person: by.Person, Memberships: []Membership{}, Rights: []Action{}, TitleRights: map[Role][]Action{}, FFmpeg: s.library.HasFFmpeg()}
	for _, a := range Actions() {
		if by.Can(a, "") {
			out.Rights = append(out.Rights, a)
		}
		for _, r := range Roles() {
			if slices.Contains(rolesFor(a), r) {
				out.TitleRights[r] = append(out.TitleRights[r], a)
			}
		}
	}
	err := s.view(ctx, func(tx store.Txn) error {
		set, err := s.settings(tx)
		if err != nil {
			return err
		}
		out.Studio = *set
		return s.r.memberships.Each(tx, "pair", store.K().ID(by.Person.ID), func(m *Membership) error {
			out.Memberships = append(out.Memberships, *m)
			return nil
		})
	})
	return out, err
}

// newPassword checks a new password and hashes it, before any transaction.
func (s *Studio) newPassword(ctx context.Context, password string, own ...string) (string, error) {
	if err := checkPassword("password", password, own...); err != nil {
		return "", err
	}
	return s.hashPassword(ctx, password)
}

func (c *change) addPerson(name, login, hash string, house House) (Person, error) {
	p := Person{Meta: c.meta(), House: house, Active: true}
	var x setter
	x.needed("name", &p.Name, &name)
	x.needed("login", &p.Login, &login)
	if x.err != nil {
		return Person{}, x.err
	}
	err := c.s.r.people.Insert(c.tx, &p)
	if errors.Is(err, store.ErrTaken) {
		return Person{}, wrong("login", "这个账号已有人用，请换一个", "this login is taken; choose another")
	}
	if err != nil {
		return Person{}, fmt.Errorf("adding a person: %w", err)
	}
	cr := credential{Meta: c.meta(), Hash: hash}
	cr.ID = p.ID
	if err := c.s.r.credentials.Insert(c.tx, &cr); err != nil {
		return Person{}, fmt.Errorf("adding a credential: %w", err)
	}
	return p, c.note(event{Verb: "person.joined", Kind: "person", Object: p.ID, Params: map[string]string{"name": p.Name}})
}

// People lists everybody by name: whoever assigns or mentions needs the names.
func (s *Studio) People(ctx context.Context, by Actor, p Page) (List[Person], error) {
	if err := by.reads(); err != nil {
		return List[Person]{}, err
	}
	var out List[Person]
	err := s.view(ctx, func(tx store.Txn) error {
		got, err := s.r.people.List(tx, "name", store.K(), p)
		out = List[Person]{Items: values(got.Items), Next: got.Next}
		return err
	})
	return out, err
}

// EditPerson renames, promotes, disables or enables a person. Disabling ends
// every session and token at once; the last active administrator stays.
func (s *Studio) EditPerson(ctx context.Context, by Actor, id string, rev int64, in PersonEdit) (Person, error) {
	if err := by.must(ManagePeople, "", "person"); err != nil {
		return Person{}, err
	}
	var out Person
	err := s.update(ctx, by, func(c *change) error {
		p, err := found(s.r.people.Get(c.tx, id))("person")
		if err != nil {
			return err
		}
		if err := base(p.Rev, rev); err != nil {
			return err
		}
		was := *p
		if err := applyPerson(by, p, in); err != nil {
			return err
		}
		if was.House == Admin && was.Active && (p.House != Admin || !p.Active) {
			if err := c.otherAdmin(id); err != nil {
				return err
			}
		}
		p.Updated = c.now
		if err := s.r.people.Put(c.tx, p); err != nil {
			return err
		}
		if !p.Active {
			if err := errors.Join(c.endSessions(id, ""), c.endTokens(id), c.endFeeds(id)); err != nil {
				return err
			}
		}
		out = *p
		return c.note(event{Verb: "person.edited", Kind: "person", Object: id, Params: map[string]string{"name": p.Name}})
	})
	return out, err
}

func applyPerson(by Actor, p *Person, in PersonEdit) error {
	var x setter
	x.needed("name", &p.Name, in.Name)
	if x.err != nil {
		return x.err
	}
	if in.House != nil {
		if *in.House != Admin && *in.House != Lead && *in.House != Member {
			return wrong("house", "没有这种身份", "there is no such standing")
		}
		if (*in.House == Admin || p.House == Admin) && by.Person.House != Admin {
			return forbidden(ManageStudio)
		}
		p.House = *in.House
	}
	if in.Active != nil {
		if p.House == Admin && by.Person.House != Admin {
			return forbidden(ManageStudio)
		}
		p.Active = *in.Active
	}
	return nil
}

// otherAdmin refuses to leave the studio without an administrator.
func (c *change) otherAdmin(except string) error {
	other := false
	err := c.s.r.people.All(c.tx, func(p *Person) error {
		if p.ID != except && p.House == Admin && p.Active {
			other = true
			return store.ErrStop
		}
		return nil
	})
	if err != nil || other {
		return err
	}
	return conflict("person.last_admin", "这是最后一位管理员，请先任命另一位", "this is the last administrator; appoint another first")
}

// ChangePassword sets the asking person's own password and ends their other sessions.
func (s *Studio) ChangePassword(ctx context.Context, by Actor, old, new string) error {
	if err := by.self(); err != nil {
		return err
	}
	key := "password:" + by.Person.ID
	if wait := s.tries.wait(s.now(), key); wait > 0 {
		return tooMany(wait)
	}
	_, hash, err := s.credentialOf(ctx, by.Person.Login)
	if err != nil {
		return err
	}
	fits, err := s.passwordFits(ctx, hash, old)
	if err != nil {
		return err
	}
	if !fits {
		s.tries.failed(s.now(), key)
		return wrong("old", "原密码不对", "the present password is wrong")
	}
	hash, err = s.newPassword(ctx, new, by.Person.Name, by.Person.Login)
	if err != nil {
		return err
	}
	return s.update(ctx, by, func(c *change) error { return c.setPassword(by.Person.ID, hash, by.Session) })
}

func (c *change) setPassword(personID, hash, keepSession string) error {
	cr, err := found(c.s.r.credentials.Get(c.tx, personID))("person")
	if err != nil {
		return err
	}
	cr.Hash, cr.Updated = hash, c.now
	if err := c.s.r.credentials.Put(c.tx, cr); err != nil {
		return err
	}
	if err := c.endSessions(personID, keepSession); err != nil {
		return err
	}
	return c.note(event{Verb: "person.password", Kind: "credential", Object: personID})
}
