package main

import (
	"bytes"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
)

func TestTokensOfTheConsole(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	d, stop := begin(t, data)
	shot := d.setUp()
	key := d.newToken(data, "admin", "抓取", "--scope", "log,read", "--days", "30")
	if got := d.withToken(key, "GET", "/shots/"+shot, nil); got != 200 {
		t.Errorf("reading with the token: %d", got)
	}
	if got := d.withToken(key, "POST", "/attempts", []byte(`{"shot":"`+shot+`","status":"failed"}`)); got != 201 {
		t.Errorf("logging with the token: %d", got)
	}
	if got := d.withToken(key, "POST", "/tokens", []byte(`{"name":"x","scopes":["read"],"days":1}`)); got != 403 {
		t.Errorf("a token made a token: %d", got)
	}
	said, status := command(t, "token", "list", "--data", data, "admin")
	if status != 0 || !strings.Contains(said, key[:8]) || !strings.Contains(said, "log,read") || strings.Contains(said, key) {
		t.Errorf("list: %d %s", status, said)
	}
	for _, bad := range [][]string{{"token", "create", "--data", data, "nobody", "x"}, {"token", "create", "--data", data, "admin", "x", "--scope", "all"},
		{"token", "create", "--data", data, "admin", "x", "--days", "4000"}, {"token", "revoke", "--data", data, "admin", "chk_zzzz"}, {"token", "list", "--data", data, "nobody"}} {
		if said, status := command(t, bad...); status == 0 {
			t.Errorf("%v went through: %s", bad, said)
		}
	}
	if said, status := command(t, "token", "revoke", "--data", data, "admin", key[:8]); status != 0 {
		t.Errorf("revoke: %s", said)
	}
	if got := d.withToken(key, "GET", "/shots/"+shot, nil); got != 401 {
		t.Errorf("a revoked token reads: %d", got)
	}
	stop()
	if said, status := command(t, "token", "list", "--data", data, "admin"); status != 0 || strings.Contains(said, "chk_") {
		t.Errorf("list of a stopped desk: %d %s", status, said)
	}
}

func (d *desk) newToken(data string, args ...string) string {
	d.t.Helper()
	said, status := command(d.t, append([]string{"token", "create", "--data", data}, args...)...)
	key, _, _ := strings.Cut(said, "\n")
	if status != 0 || !strings.HasPrefix(key, "chk_") {
		d.t.Fatalf("token create: %d %s", status, said)
	}
	return key
}

func (d *desk) withToken(key, method, path string, body []byte) int {
	d.t.Helper()
	r, err := http.NewRequestWithContext(d.t.Context(), method, d.at+"/api/v1"+path, bytes.NewReader(body))
	if err != nil {
		d.t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+key)
	if body != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		d.t.Fatal(err)
	}
	_ = resp.Body.Close() // nothing of it is read
	return resp.StatusCode
}
