// Package studiotest opens a whole studio for a test: a real bbolt file and a
// real media folder below t.TempDir, checked for consistency when the test ends.
package studiotest

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"chouka/assets"
	"chouka/server/studio"
	"chouka/store"
	"chouka/store/bolt"
)

// Password is the password of everybody whom this package signs up.
const Password = "金沙湖-correct-horse"

// New opens an empty studio. At the end of the test every index is compared
// with its records, and every counter of a title with what it counts.
func New(t testing.TB) *studio.Studio {
	s, _ := Open(t, time.Now)
	return s
}

// Open is New with a clock of the test's own; it gives the engine too.
func Open(t testing.TB, clock func() time.Time) (*studio.Studio, store.Engine) {
	t.Helper()
	dir := t.TempDir()
	e, err := bolt.Open(filepath.Join(dir, "chouka.db"), bolt.Options{NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	if err := store.Migrate(t.Context(), e, studio.Schema(), nil); err != nil {
		t.Fatal(err)
	}
	l, err := assets.Open(filepath.Join(dir, "media"), assets.Options{FFmpeg: "-"})
	if err != nil {
		t.Fatal(err)
	}
	s, err := studio.New(studio.Options{Engine: e, Library: l, Clock: clock})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { closeChecked(t, s, e) })
	return s, e
}

func closeChecked(t testing.TB, s *studio.Studio, e store.Engine) {
	s.Close()
	problems, err := s.Check(context.Background()) // the test's own context has ended
	if err != nil {
		t.Errorf("checking the store: %v", err)
	}
	for _, p := range problems {
		t.Errorf("the store is inconsistent: %s: %s", p.Where, p.What)
	}
	closeNamed(t, s, e)
	if err := e.Close(); err != nil {
		t.Errorf("closing the store: %v", err)
	}
}

// Admin sets a studio up and gives its first administrator.
func Admin(t testing.TB, s *studio.Studio) studio.Actor {
	t.Helper()
	code, err := s.IssueSetupCode(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	in := studio.SetupIn{Code: code, Studio: "测试剧组", Name: "管理员", Login: "admin", Password: Password}
	session, err := s.Setup(t.Context(), studio.Trace{}, "test", in)
	if err != nil {
		t.Fatal(err)
	}
	return Actor(t, s, session)
}

// Person invites somebody and lets them join: to a title with a role, or
// without both as a plain member of the house.
func Person(t testing.TB, s *studio.Studio, admin studio.Actor, login string, house studio.House, titleID string, role studio.Role) studio.Actor {
	t.Helper()
	return Actor(t, s, Join(t, s, admin, login, house, titleID, role))
}

// Join is Person for tests that want the session, whose Token is the cookie's value.
func Join(t testing.TB, s *studio.Studio, admin studio.Actor, login string, house studio.House, titleID string, role studio.Role) studio.Session {
	t.Helper()
	inv, err := s.CreateInvite(t.Context(), admin, studio.InviteIn{Name: login, House: house, TitleID: titleID, Role: role})
	if err != nil {
		t.Fatal(err)
	}
	session, err := s.Join(t.Context(), studio.Trace{}, "test", studio.JoinIn{Token: inv.Token, Name: login, Login: login, Password: Password})
	if err != nil {
		t.Fatal(err)
	}
	return session
}

// Actor is whoever holds the session, with the rights they have now.
func Actor(t testing.TB, s *studio.Studio, session studio.Session) studio.Actor {
	t.Helper()
	a, err := s.ActorFor(t.Context(), session.Token, studio.Trace{})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// Title creates a title.
func Title(t testing.TB, s *studio.Studio, by studio.Actor, name string) studio.Title {
	t.Helper()
	b, err := s.CreateTitle(t.Context(), by, studio.TitleIn{Name: &name})
	if err != nil {
		t.Fatal(err)
	}
	return b.Title
}

// Shot creates an episode, a scene and a shot on a title.
func Shot(t testing.TB, s *studio.Studio, by studio.Actor, titleID string) studio.Shot {
	t.Helper()
	e, err := s.AddEpisode(t.Context(), by, titleID, studio.EpisodeIn{})
	if err != nil {
		t.Fatal(err)
	}
	scene, err := s.AddScene(t.Context(), by, e.ID, studio.SceneIn{Place: "金沙湖大剧院"})
	if err != nil {
		t.Fatal(err)
	}
	x, err := s.AddShot(t.Context(), by, scene.ID, studio.ShotIn{ShotText: studio.ShotText{Description: "一个镜头"}})
	if err != nil {
		t.Fatal(err)
	}
	return x
}
