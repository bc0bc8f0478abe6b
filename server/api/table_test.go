package api_test

import (
	"strings"
	"testing"
)

// The table of rights asks about shots; people are the studio's own affair.
func TestOnlyAnAdministratorImportsPeople(t *testing.T) {
	w := newWorld(t)
	w.populate()
	path := "/titles/" + w.title + "/tables/kitsu-people/preview?name=people.csv"
	people := raw("First Name,Last Name,Email,Role\n新,人,new@chouka.cn,user\n")
	for who, want := range map[string]string{"nobody": "401", "admin": "200", "lead": "403", "tlead": "403", "viewer": "403", "stranger": "404", "t:all": "403"} {
		if got := w.knock(who, post, try{path: path, body: people}); got != want {
			t.Errorf("%s: %s, want %s", who, got, want)
		}
	}
}

func TestATableIsSavedAsAFile(t *testing.T) {
	w := newWorld(t)
	for format, kind := range map[string]string{"csv": "text/csv; charset=utf-8", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"} {
		a := w.must("admin", get, "/titles/"+w.title+"/tables/shots?format="+format, nil)
		if got := a.header.Get("Content-Type"); got != kind {
			t.Errorf("%s comes as %s", format, got)
		}
		if got := a.header.Get("Content-Disposition"); !strings.HasPrefix(got, "attachment") || !strings.Contains(got, "."+format) {
			t.Errorf("%s is offered as %s", format, got)
		}
	}
}
