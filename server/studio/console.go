package studio

import (
	"context"
	"errors"
	"slices"

	"chouka/store"
)

// Console is whoever has a shell on the machine: they hold the data folder
// itself, so they may do everything. It is never reached over the network.
func Console() Actor {
	return Actor{Person: Person{Meta: store.Meta{ID: "console"}, Name: "控制台", House: Admin, Active: true}}
}

// ResetPassword sets somebody's password and ends all their sessions.
func (s *Studio) ResetPassword(ctx context.Context, by Actor, login, password string) (Person, error) {
	if err := by.must(ManageStudio, "", "person"); err != nil {
		return Person{}, err
	}
	hash, err := s.newPassword(ctx, password, login)
	if err != nil {
		return Person{}, err
	}
	var out Person
	err = s.update(ctx, by, func(c *change) error {
		p, err := s.personOf(c.tx, login)
		if err != nil {
			return err
		}
		out = *p
		return c.setPassword(p.ID, hash, "")
	})
	return out, err
}

// SetActive disables somebody at once, or lets them in again.
func (s *Studio) SetActive(ctx context.Context, by Actor, login string, active bool) (Person, error) {
	var p *Person
	err := s.view(ctx, func(tx store.Txn) error {
		var err error
		p, err = s.personOf(tx, login)
		return err
	})
	if err != nil {
		return Person{}, err
	}
	return s.EditPerson(ctx, by, p.ID, p.Rev, PersonEdit{Active: &active})
}

func (s *Studio) personOf(tx store.Txn, login string) (*Person, error) {
	return found(s.r.people.By(tx, "login", store.K().Text(loginKey(login))))("person")
}

// Files lists the SHA-256 of every original that a record names, in order.
func (s *Studio) Files(ctx context.Context) ([]string, error) {
	var out []string
	err := s.engine.View(ctx, func(tx store.Txn) error {
		out = nil
		err := s.r.media.All(tx, func(w *mediaWork) error {
			out = append(out, w.ID)
			return nil
		})
		return errors.Join(err, s.r.scripts.All(tx, func(v *ScriptVersion) error {
			out = append(out, v.SHA256)
			return nil
		}))
	})
	slices.Sort(out)
	return slices.Compact(out), err
}
